import {
  TExecuteStatementResp,
  TOpenSessionResp,
} from '@databricks/sql/thrift/TCLIService_types';

import {
  answerVolumeStatement,
  failure,
  Operations,
  Sessions,
  startWarehouseServer,
  success,
  WAREHOUSE_PROTOCOL,
  type Answer,
  type Call,
  type FaultSchedule,
  type Namespace,
  type ReceivedCall,
  type RequestOf,
  type Response,
  type Storage,
  type Tokens,
  type WarehouseServer,
} from '../wire';
import {CopyInto} from './copy-into';
import {parseCopyInto} from './copy-statement';
import {
  asWarehouseMetadata,
  asWarehouseStatus,
  DIRECT_RESULTS_MS,
  forwardStatement,
} from './forward';
import {DEFAULT_CATALOG, openSession} from './open-session';
import {bindParameters} from './parameters';
import {rewriteForSpark, type Rewritten} from './rewrite';
import {SparkServer} from './spark-server';
import type {StatementLogEntry} from './statement-log';

export interface BridgeOptions {
  /** Where Spark's Thrift server listens on the loopback, over http. */
  readonly sparkPort: number;
  readonly storage: Storage;
  readonly tokens: Tokens;
  readonly faults?: FaultSchedule;
  readonly log: (entry: StatementLogEntry) => void;
}

/**
 * Serves Spark to the unmodified driver as if it were a warehouse. Whatever Spark can run
 * goes there as it was written; the bridge adds what only warehouses have.
 */
export function startBridge(options: BridgeOptions): Promise<WarehouseServer> {
  const {storage, tokens, faults} = options;
  const bridge = new Bridge(options);
  return startWarehouseServer({
    storage,
    tokens,
    ...(faults === undefined ? {} : {faults}),
    answer: (received) => bridge.answer(received),
  });
}

class Bridge {
  private readonly spark: SparkServer;
  private readonly sessions = new Sessions<Namespace>();
  private readonly operations = new Operations(DIRECT_RESULTS_MS);
  private readonly copyInto: CopyInto;

  constructor(private readonly options: BridgeOptions) {
    this.spark = new SparkServer(options.sparkPort);
    this.copyInto = new CopyInto(this.spark, options.storage);
  }

  async answer({call, bytes}: ReceivedCall): Promise<Response | Buffer> {
    if (call === undefined) return this.spark.pass(bytes);
    if (call.method === 'OpenSession') return this.open(call.request);
    if (call.method === 'ExecuteStatement') return this.execute(call.request);
    if (call.method === 'CloseSession') {
      this.sessions.close(call.request.sessionHandle);
      return this.spark.pass(bytes);
    }
    return this.operations.owns(call.request.operationHandle)
      ? this.operations.answer(call)
      : this.ofSpark(call, bytes);
  }

  private async ofSpark(call: Call, bytes: Buffer): Promise<Response | Buffer> {
    if (call.method === 'GetOperationStatus')
      return asWarehouseStatus(await this.spark.call(call.method, call.request));
    if (call.method === 'GetResultSetMetadata')
      return asWarehouseMetadata(await this.spark.call(call.method, call.request));
    return this.spark.pass(bytes);
  }

  private async open({
    initialNamespace,
    configuration,
  }: RequestOf<'OpenSession'>): Promise<Response> {
    const namespace = {
      catalog: initialNamespace?.catalogName ?? DEFAULT_CATALOG,
      schema: initialNamespace?.schemaName ?? 'default',
    };
    const response = new TOpenSessionResp({
      status: success(),
      serverProtocolVersion: WAREHOUSE_PROTOCOL,
      canUseMultipleCatalogs: true,
    });
    try {
      const handle = await openSession(this.spark, namespace, configuration ?? {});
      this.sessions.adopt(handle, namespace);
      response.sessionHandle = handle;
    } catch (error) {
      response.status = failure(error);
    }
    return response;
  }

  private async execute(request: RequestOf<'ExecuteStatement'>): Promise<Response> {
    const {statement} = request;
    try {
      const namespace = this.sessions.get(request.sessionHandle);
      const own = this.own(statement, namespace);
      if (own !== undefined) {
        this.options.log({statement, treatment: 'bridge', rewritings: []});
        return await this.operations.start(
          own,
          request.getDirectResults ? MANY_ROWS : undefined,
        );
      }
      const {sql, rewritings} = this.forSpark(request);
      const treatment = rewritings.length === 0 ? 'unchanged' : 'rewritten';
      this.options.log({statement, treatment, rewritings});
      return await forwardStatement(this.spark, request, sql);
    } catch (error) {
      return new TExecuteStatementResp({status: failure(error)});
    }
  }

  /** What the bridge carries out itself; undefined for what Spark runs. */
  private own(sql: string, namespace: Namespace): (() => Promise<Answer>) | undefined {
    const copy = parseCopyInto(sql);
    if (copy !== undefined) return () => this.copyInto.run(copy, namespace);
    const answer = answerVolumeStatement(sql, namespace, this.options.storage);
    return answer === undefined ? undefined : () => Promise.resolve(answer);
  }

  private forSpark({statement, parameters}: RequestOf<'ExecuteStatement'>): Rewritten {
    const {volumes} = this.options.storage;
    const rewritten = rewriteForSpark(statement, (path) => volumes.locate(path));
    if (!parameters || parameters.length === 0) return rewritten;
    return {
      sql: bindParameters(rewritten.sql, parameters),
      rewritings: [...rewritten.rewritings, 'parameters'],
    };
  }
}

const MANY_ROWS = 100_000;
