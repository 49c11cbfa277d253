import {
  TExecuteStatementResp,
  TOpenSessionResp,
} from '@databricks/sql/thrift/TCLIService_types';

import {
  answerVolumeStatement,
  failure,
  maxRowsOf,
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
import {planStatement, type Plan} from './plan';
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
      const plan = planStatement(statement, request.parameters ?? [], (path) =>
        this.options.storage.volumes.locate(path),
      );
      this.options.log(entryOf(statement, plan));
      if (plan.by === 'spark')
        return await forwardStatement(this.spark, request, plan.sql);
      return await this.operations.start(
        () => this.carryOut(statement, namespace),
        maxRowsOf(request.getDirectResults),
      );
    } catch (error) {
      return new TExecuteStatementResp({status: failure(error)});
    }
  }

  private async carryOut(sql: string, namespace: Namespace): Promise<Answer> {
    const {storage} = this.options;
    return (
      answerVolumeStatement(sql, namespace, storage) ??
      this.copyInto.run(parseCopyInto(sql), namespace)
    );
  }
}

function entryOf(statement: string, plan: Plan): StatementLogEntry {
  if (plan.by === 'bridge') return {statement, treatment: 'bridge', rewritings: []};
  const {rewritings} = plan;
  const treatment = rewritings.length === 0 ? 'unchanged' : 'rewritten';
  return {statement, treatment, rewritings};
}
