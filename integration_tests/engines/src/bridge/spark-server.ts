import http from 'node:http';
import {buffer} from 'node:stream/consumers';

import {
  TFetchOrientation,
  TOperationState,
  TStatusCode,
  type TGetOperationStatusResp,
  type TOperationHandle,
  type TSessionHandle,
  type TStatus,
} from '@databricks/sql/thrift/TCLIService_types';
import {
  decodeResponse,
  encodeRequest,
  int64,
  type Method,
  type Fields,
  type RequestOf,
  type ResponseOf,
} from '../wire';
import {refusalOf} from './spark-refusal';

/** A row of Spark's answer by column; nested values as text. */
export type SparkRow = Readonly<Record<string, unknown>>;

/** All rows of the bridge's own questions come at once; none asks for more than this. */
const MAX_ROWS = 100_000;

/** Spark's Thrift server over http, as whoever wrote to it directly would use it. */
export class SparkServer {
  private readonly agent = new http.Agent({keepAlive: true});
  private sequence = 0;

  constructor(private readonly port: number) {}

  async call<M extends Method>(
    method: M,
    fields: Fields<RequestOf<M>>,
  ): Promise<ResponseOf<M>> {
    this.sequence += 1;
    const bytes = encodeRequest(method, this.sequence, fields);
    return decodeResponse(method, await this.pass(bytes));
  }

  /** Sends a call as it is and gives back the answer as it is. */
  pass(bytes: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const request = http.request(
        {
          agent: this.agent,
          host: '127.0.0.1',
          port: this.port,
          path: '/cliservice',
          method: 'POST',
          headers: {
            'content-type': 'application/x-thrift',
            'content-length': bytes.length,
            // Spark wants a name and looks at nothing else.
            authorization: `Basic ${Buffer.from('bridge:bridge').toString('base64')}`,
          },
        },
        (response) => {
          buffer(response).then((body) => {
            if (response.statusCode === 200) resolve(body);
            else reject(new Error(`Spark: ${response.statusCode} ${body.toString()}`));
          }, reject);
        },
      );
      request.on('error', reject);
      request.end(bytes);
    });
  }

  /** Runs a statement to its end. Refusals are thrown as `SqlError`. */
  async run(session: TSessionHandle, statement: string): Promise<SparkRow[]> {
    const {status, operationHandle} = await this.call('ExecuteStatement', {
      sessionHandle: session,
      statement,
      runAsync: true,
    });
    if (!operationHandle) throw refused(status);
    try {
      const ended = await this.ended(operationHandle, Number.POSITIVE_INFINITY);
      if (ended?.operationState !== TOperationState.FINISHED_STATE)
        throw refusalOf(ended?.errorMessage ?? 'The statement was cancelled.');
      return await this.rows(operationHandle);
    } finally {
      await this.call('CloseOperation', {operationHandle});
    }
  }

  /** Status of an operation when it has ended; undefined if it goes on after `waitMs`. */
  async ended(
    operationHandle: TOperationHandle,
    waitMs: number,
  ): Promise<TGetOperationStatusResp | undefined> {
    let waitedMs = 0;
    for (let pauseMs = 4; ; pauseMs = Math.min(pauseMs * 1.5, 50)) {
      const status = await this.call('GetOperationStatus', {operationHandle});
      if (!isGoingOn(status.operationState)) return status;
      if (waitedMs >= waitMs) return undefined;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      waitedMs += pauseMs;
    }
  }

  private async rows(operationHandle: TOperationHandle): Promise<SparkRow[]> {
    const {schema} = await this.call('GetResultSetMetadata', {operationHandle});
    const {results} = await this.call('FetchResults', {
      operationHandle,
      orientation: TFetchOrientation.FETCH_NEXT,
      maxRows: int64(MAX_ROWS),
    });
    const names = (schema?.columns ?? []).map(({columnName}) => columnName);
    const columns = (results?.columns ?? []).map(cellsOf);
    return (columns[0] ?? []).map((_cell, row) =>
      Object.fromEntries(names.map((name, at) => [name, columns[at]?.[row]])),
    );
  }
}

/** Throws what Spark said against a call, if it did. */
export function refused(status: TStatus): Error {
  return refusalOf(status.errorMessage ?? 'Spark gave no reason.');
}

export function isRefused(status: TStatus): boolean {
  return status.statusCode === TStatusCode.ERROR_STATUS;
}

const GOING_ON: readonly (TOperationState | undefined)[] = [
  TOperationState.INITIALIZED_STATE,
  TOperationState.PENDING_STATE,
  TOperationState.RUNNING_STATE,
];

function isGoingOn(state: TOperationState | undefined): boolean {
  return GOING_ON.includes(state);
}

interface Cells {
  readonly values: readonly unknown[];
  readonly nulls: Buffer;
}

/** The values of a column, whichever of its kinds it is of; null where the bit says so. */
function cellsOf(column: object): unknown[] {
  const kinds = Object.values(column) as (Cells | null)[];
  const {values, nulls} = kinds.find((kind) => kind !== null) ?? NO_CELLS;
  return values.map((value, at) =>
    ((nulls[at >> 3] ?? 0) >> (at & 7)) & 1 ? null : value,
  );
}

const NO_CELLS: Cells = {values: [], nulls: Buffer.alloc(0)};
