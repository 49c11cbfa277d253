import {TExecuteStatementResp} from '@databricks/sql/thrift/TCLIService_types';

import type {Call, RequestOf, Response} from '../thrift/calls';
import {failure} from '../thrift/status';
import type {Answer} from './answer';
import type {Operations} from './operations';
import type {Sessions} from './sessions';

/** What the owner of a warehouse decides; the rest is bookkeeping. */
export interface LocalWarehouse<Session> {
  readonly sessions: Sessions<Session>;
  readonly operations: Operations;
  /** What to keep for a new session. */
  readonly newSession: (request: RequestOf<'OpenSession'>) => Session;
  /** Runs a statement to its end. Refusals are thrown as `SqlError`. */
  readonly execute: (
    sql: string,
    session: Session,
    signal: AbortSignal,
  ) => Promise<Answer>;
}

/** Answers a call wholly by the warehouse's own books. */
export async function answerLocally<Session>(
  call: Call,
  warehouse: LocalWarehouse<Session>,
): Promise<Response> {
  const {sessions, operations} = warehouse;
  if (call.method === 'OpenSession')
    return sessions.open(warehouse.newSession(call.request));
  if (call.method === 'CloseSession') return sessions.close(call.request.sessionHandle);
  if (call.method === 'ExecuteStatement') return execute(call.request, warehouse);
  return operations.answer(call);
}

async function execute<Session>(
  {sessionHandle, statement, getDirectResults}: RequestOf<'ExecuteStatement'>,
  {sessions, operations, execute: run}: LocalWarehouse<Session>,
): Promise<Response> {
  try {
    const session = sessions.get(sessionHandle);
    return await operations.start(
      (signal) => run(statement, session, signal),
      maxRowsOf(getDirectResults),
    );
  } catch (error) {
    return new TExecuteStatementResp({status: failure(error)});
  }
}

/** Rows that the first reply may carry; none where the client did not ask for any. */
export function maxRowsOf(
  direct: RequestOf<'ExecuteStatement'>['getDirectResults'],
): number | undefined {
  return direct ? Number(direct.maxRows) : undefined;
}
