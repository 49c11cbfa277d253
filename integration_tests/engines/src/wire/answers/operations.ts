import {
  TCancelOperationResp,
  TCloseOperationResp,
  TExecuteStatementResp,
  TFetchResultsResp,
  TGetOperationStatusResp,
  TGetResultSetMetadataResp,
  TOperationHandle,
  TOperationState,
  TOperationType,
  TSparkDirectResults,
} from '@databricks/sql/thrift/TCLIService_types';

import {handleKey, newHandle} from '../thrift/handles';
import {int64} from '../thrift/int64';
import {failure, success} from '../thrift/status';
import type {Call, Response} from '../thrift/calls';
import {NO_RESULT, type Answer} from './answer';
import {answerMetadata, answerPage} from './encode-answer';
import {SqlError, sqlStateOf} from './sql-error';

type Standing =
  | {readonly state: 'running'}
  | {readonly state: 'cancelled'}
  | {readonly state: 'failed'; readonly error: unknown}
  | {readonly state: 'finished'; readonly answer: Answer};

interface Operation {
  readonly handle: TOperationHandle;
  readonly abort: AbortController;
  standing: Standing;
  /** Rows already handed out. */
  fetched: number;
  /** Resolves when the work has ended, in whatever way. */
  ended: Promise<void>;
}

/** A call about an operation that exists already. */
type OperationCall = Exclude<
  Call,
  {method: 'OpenSession' | 'CloseSession' | 'ExecuteStatement'}
>;

const NOT_YET = Symbol('not yet');

/**
 * The operations whose results are made here: each runs to its end whether or not
 * anybody asks for it, and is kept until it is closed or forgotten.
 */
export class Operations {
  private readonly operations = new Map<string, Operation>();

  /** @param directResultsMs how long a started statement may delay its first answer. */
  constructor(private readonly directResultsMs: number) {}

  /**
   * Begins a statement. If it ends within `directResultsMs` the reply carries its first
   * rows or its error already, and an operation without further rows is closed with it.
   */
  async start(
    work: (signal: AbortSignal) => Promise<Answer>,
    maxRows: number | undefined,
  ): Promise<TExecuteStatementResp> {
    const operation = this.begin(work);
    const {handle} = operation;
    const response = new TExecuteStatementResp({
      status: success(),
      operationHandle: handle,
    });
    if (maxRows === undefined) return response;
    await endedWithin(operation, this.directResultsMs);
    if (operation.standing.state === 'finished')
      handle.hasResultSet = operation.standing.answer.columns.length > 0;
    if (operation.standing.state !== 'running')
      response.directResults = this.directResults(operation, maxRows);
    return response;
  }

  /** True for operations that were started here and not yet closed. */
  owns({operationId}: TOperationHandle): boolean {
    return this.operations.has(handleKey(operationId));
  }

  /** Answers a call about an operation; of an unknown one in the words of a warehouse. */
  async answer(call: OperationCall): Promise<Response> {
    const key = handleKey(call.request.operationHandle.operationId);
    const operation = this.operations.get(key);
    if (operation === undefined) return unknownOperation(call, key);
    switch (call.method) {
      case 'GetOperationStatus':
        return statusOf(operation);
      case 'GetResultSetMetadata':
        return metadataOf(await settled(operation));
      case 'FetchResults':
        return this.page(await settled(operation), Number(call.request.maxRows));
      case 'CancelOperation':
        return cancel(operation);
      case 'CloseOperation':
        this.operations.delete(key);
        return new TCloseOperationResp({status: success()});
    }
  }

  /** A restart: nobody can ask for these operations any more. Their work is not stopped. */
  forgetAll(): void {
    this.operations.clear();
  }

  private begin(work: (signal: AbortSignal) => Promise<Answer>): Operation {
    const abort = new AbortController();
    const operation: Operation = {
      handle: new TOperationHandle({
        operationId: newHandle(),
        operationType: TOperationType.EXECUTE_STATEMENT,
        hasResultSet: true,
      }),
      abort,
      standing: {state: 'running'},
      fetched: 0,
      ended: Promise.resolve(),
    };
    operation.ended = carryOut(operation, work);
    this.operations.set(handleKey(operation.handle.operationId), operation);
    return operation;
  }

  private directResults(operation: Operation, maxRows: number): TSparkDirectResults {
    const operationStatus = statusOf(operation);
    const {standing} = operation;
    if (standing.state !== 'finished' || standing.answer.columns.length === 0)
      return new TSparkDirectResults({operationStatus});
    const resultSet = this.page(operation, maxRows);
    const results = new TSparkDirectResults({
      operationStatus,
      resultSetMetadata: answerMetadata(standing.answer),
      resultSet,
    });
    if (resultSet.hasMoreRows) return results;
    this.operations.delete(handleKey(operation.handle.operationId));
    results.closeOperation = new TCloseOperationResp({status: success()});
    return results;
  }

  private page(operation: Operation, maxRows: number): TFetchResultsResp {
    const {standing} = operation;
    if (standing.state === 'failed')
      return new TFetchResultsResp({status: failure(standing.error)});
    const answer = standing.state === 'finished' ? standing.answer : NO_RESULT;
    const page = answerPage(answer, operation.fetched, maxRows);
    operation.fetched = Math.min(operation.fetched + maxRows, answer.rows.length);
    return page;
  }
}

async function carryOut(
  operation: Operation,
  work: (signal: AbortSignal) => Promise<Answer>,
): Promise<void> {
  const standing = await work(operation.abort.signal).then(
    (answer): Standing => ({state: 'finished', answer}),
    (error: unknown): Standing => ({state: 'failed', error}),
  );
  if (operation.standing.state === 'running') operation.standing = standing;
}

async function endedWithin(operation: Operation, waitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, waitMs, NOT_YET);
  });
  await Promise.race([operation.ended, late]);
  clearTimeout(timer);
}

async function settled(operation: Operation): Promise<Operation> {
  await operation.ended;
  return operation;
}

function cancel(operation: Operation): TCancelOperationResp {
  if (operation.standing.state === 'running') operation.standing = {state: 'cancelled'};
  operation.abort.abort();
  return new TCancelOperationResp({status: success()});
}

function statusOf({standing}: Operation): TGetOperationStatusResp {
  switch (standing.state) {
    case 'running':
      return ofState(TOperationState.RUNNING_STATE);
    case 'cancelled':
      return ofState(TOperationState.CANCELED_STATE);
    case 'failed':
      return failed(standing.error);
    case 'finished':
      return finished(standing.answer);
  }
}

function ofState(operationState: TOperationState): TGetOperationStatusResp {
  return new TGetOperationStatusResp({status: success(), operationState});
}

function finished(answer: Answer): TGetOperationStatusResp {
  const response = ofState(TOperationState.FINISHED_STATE);
  response.hasResultSet = answer.columns.length > 0;
  if (answer.modifiedRows !== undefined)
    response.numModifiedRows = int64(answer.modifiedRows);
  return response;
}

function failed(error: unknown): TGetOperationStatusResp {
  const message = error instanceof Error ? error.message : String(error);
  const response = ofState(TOperationState.ERROR_STATE);
  response.errorMessage = message;
  response.displayMessage = message;
  response.sqlState = sqlStateOf(error) ?? 'HY000';
  return response;
}

function metadataOf({standing}: Operation): TGetResultSetMetadataResp {
  if (standing.state === 'failed')
    return new TGetResultSetMetadataResp({status: failure(standing.error)});
  return answerMetadata(standing.state === 'finished' ? standing.answer : NO_RESULT);
}

function unknownOperation(call: OperationCall, key: string): Response {
  const error = SqlError.worded(
    `Invalid OperationHandle: OperationHandle [opType=EXECUTE_STATEMENT, getHandleIdentifier()=${key}]`,
    undefined,
  );
  const status = failure(error);
  switch (call.method) {
    case 'GetOperationStatus':
      return new TGetOperationStatusResp({status});
    case 'GetResultSetMetadata':
      return new TGetResultSetMetadataResp({status});
    case 'FetchResults':
      return new TFetchResultsResp({status});
    case 'CancelOperation':
      return new TCancelOperationResp({status});
    case 'CloseOperation':
      return new TCloseOperationResp({status});
  }
}
