import type {SyncMode} from '../protocol/catalog';
import type {JsonObject} from '../protocol/json';
import type {StreamDeclaration} from './source-stream';

/** Airbyte's mark on the state of a full refresh that has come to its end. */
const COMPLETE_MARK = '__ab_full_refresh_sync_complete';
/** Our mark on the state of a full refresh that has not. */
const IN_PROGRESS_MARK = '__full_refresh_in_progress';

/** The last state of a full refresh. Handed back, it means: start anew. */
export const FULL_REFRESH_COMPLETE: JsonObject = {[COMPLETE_MARK]: true};

/**
 * The mode in force. Some clients ask every stream for `incremental`; one that cannot do
 * it is read in full.
 */
export function modeInForce(declaration: StreamDeclaration, asked: SyncMode): SyncMode {
  const isOffered = declaration.supportedSyncModes.includes('incremental');
  return asked === 'incremental' && isOffered ? 'incremental' : 'full_refresh';
}

/**
 * The state to start from; undefined to start anew. A full refresh goes on only where an
 * unfinished full refresh stopped: the state of an incremental sync would make it skip
 * what that sync had read, and the other way round.
 */
export function stateToResume(
  declaration: StreamDeclaration,
  mode: SyncMode,
  stored: JsonObject | undefined,
): JsonObject | undefined {
  if (stored === undefined || stored[COMPLETE_MARK] === true) return undefined;
  const {[IN_PROGRESS_MARK]: inProgress, ...state} = stored;
  const isFullRefresh = mode === 'full_refresh';
  if (isFullRefresh !== (inProgress === true)) return undefined;
  return isFullRefresh && !declaration.isResumable ? undefined : state;
}

/** What a STATE message carries while the stream is being read. */
export function stateOnTheWay(mode: SyncMode, state: JsonObject): JsonObject {
  return mode === 'full_refresh' ? {...state, [IN_PROGRESS_MARK]: true} : state;
}
