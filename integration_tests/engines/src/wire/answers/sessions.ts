import {
  TCloseSessionResp,
  TOpenSessionResp,
  TProtocolVersion,
  TSessionHandle,
} from '@databricks/sql/thrift/TCLIService_types';

import {handleKey, newHandle} from '../thrift/handles';
import {failure, success} from '../thrift/status';
import {SqlError} from './sql-error';

/** The version a warehouse answers with; the driver sends parameters only above it. */
export const WAREHOUSE_PROTOCOL = TProtocolVersion.SPARK_CLI_SERVICE_PROTOCOL_V8;

/** Open sessions, each with what its owner keeps for it. */
export class Sessions<Session> {
  private readonly sessions = new Map<string, Session>();

  open(session: Session): TOpenSessionResp {
    const sessionHandle = new TSessionHandle({sessionId: newHandle()});
    this.adopt(sessionHandle, session);
    return new TOpenSessionResp({
      status: success(),
      serverProtocolVersion: WAREHOUSE_PROTOCOL,
      sessionHandle,
      canUseMultipleCatalogs: true,
    });
  }

  /** Keeps a session under a handle that another server made. */
  adopt({sessionId}: TSessionHandle, session: Session): void {
    this.sessions.set(handleKey(sessionId), session);
  }

  /** Throws as a warehouse does of a session that has ended: a new one must be opened. */
  get({sessionId}: TSessionHandle): Session {
    const session = this.sessions.get(handleKey(sessionId));
    if (session === undefined) throw goneSession(handleKey(sessionId));
    return session;
  }

  close(handle: TSessionHandle): TCloseSessionResp {
    const key = handleKey(handle.sessionId);
    const known = this.sessions.delete(key);
    const status = known ? success() : failure(goneSession(key));
    return new TCloseSessionResp({status});
  }

  /** A restart, or an idle time-out: every handle given out is invalid from now on. */
  forgetAll(): void {
    this.sessions.clear();
  }
}

function goneSession(key: string): SqlError {
  return SqlError.worded(`Invalid SessionHandle: SessionHandle [${key}]`, undefined);
}
