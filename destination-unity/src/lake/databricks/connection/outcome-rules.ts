import {faultKind} from '../../../http/network-failure';
import {passes} from '../../../http/status-failure';
import type {Refusal} from '../warehouse';
import type {Fault} from './fault';

/** What is being waited for when a statement is sent again. */
export type Wait =
  | 'starting'
  | 'busy'
  | 'conflict'
  | 'loading'
  | 'session'
  | 'network'
  | 'storage'
  | 'unclear';

/** What is done about a fault. */
export type Treatment =
  | {
      readonly kind: 'again';
      readonly wait: Wait;
      /** Whether the session may be gone, so that the next try opens another. */
      readonly session: 'same' | 'new';
      /** Tries after which it is taken for an answer; unbounded but for the patience. */
      readonly maxTries: number;
    }
  /** The token was refused; another may do. */
  | {readonly kind: 'new_token'}
  /** The statement will be refused again: its sender must know what to do. */
  | {readonly kind: 'refused'; readonly refusal: Refusal}
  /** Somebody must change something before any statement can run. */
  | {readonly kind: 'failed'};

/** A fault nobody can tell apart from a broken statement is repeated this often. */
const FEW_TRIES = 4;
/** Signed URLs age and storage settles: a refusal there is repeated this often. */
const STORAGE_TRIES = 5;

/** The one table of what is done about what went wrong. Pure. */
export function treatmentOf(fault: Fault): Treatment {
  switch (fault.kind) {
    case 'http':
      return ofStatus(fault.status, fault.said);
    case 'storage':
      return again('storage', {
        maxTries: passes(fault.status) ? Infinity : STORAGE_TRIES,
      });
    case 'network':
      if (faultKind(fault.fault) === 'lasting') return {kind: 'failed'};
      return again(fault.at === 'storage' ? 'storage' : 'network');
    case 'server':
      return ofRefusal(fault.refusal, fault.isEnded);
  }
}

interface AgainOptions {
  readonly session?: 'same' | 'new';
  readonly maxTries?: number;
}

function again(
  wait: Wait,
  {session = 'same', maxTries = Infinity}: AgainOptions = {},
): Treatment {
  return {kind: 'again', wait, session, maxTries};
}

function ofStatus(status: number, said: string): Treatment {
  if (SESSION_GONE.test(said)) return again('session', {session: 'new'});
  if (status === 401) return {kind: 'new_token'};
  if (status === 429 || status === 408) return again('busy');
  if (status === 503) return again('starting');
  return passes(status) ? again('unclear') : {kind: 'failed'};
}

const SESSION_GONE =
  /Invalid (Session|Operation)Handle|INVALID_HANDLE|SESSION_(NOT_FOUND|CLOSED|EXPIRED)|session_id is no longer usable|session .{0,80}(closed|expired|not found|does not exist)/i;

/** Texts of passing refusals, class included; the first that is found decides. */
const PASSING: readonly (readonly [RegExp, Treatment])[] = [
  [SESSION_GONE, again('session', {session: 'new'})],
  [/COPY_INTO_DUPLICATED_FILES_COPY_NOT_ALLOWED/, again('loading')],
  [
    /DELTA_(CONCURRENT_|METADATA_CHANGED|PROTOCOL_CHANGED)|(Concurrent(Append|DeleteRead|DeleteDelete|Modification|Transaction|Write)|(Metadata|Protocol)Changed)Exception/,
    again('conflict'),
  ],
  // Another writer may be making the very table: its files are there before its name.
  [
    /DELTA_CREATE_TABLE_WITH_NON_EMPTY_LOCATION/,
    again('conflict', {maxTries: FEW_TRIES + 2}),
  ],
  [
    /TEMPORARILY_UNAVAILABLE|CLUSTER_NOT_READY|(warehouse|endpoint|cluster) .{0,80}\b(starting|stopped|stopping|terminated|not running)\b/i,
    again('starting', {session: 'new'}),
  ],
  [
    /REQUEST_LIMIT_EXCEEDED|RESOURCE_EXHAUSTED|too many (requests|concurrent|queries)|queue is full/i,
    again('busy'),
  ],
];

/** Classes of SQLSTATE that speak of the engine's condition, not of the statement. */
const PASSING_STATES: Readonly<Record<string, Treatment>> = {
  '08': again('network', {session: 'new'}),
  '40': again('conflict'),
  '53': again('busy', {maxTries: FEW_TRIES}),
  '57': again('unclear', {maxTries: FEW_TRIES}),
  '58': again('unclear', {maxTries: FEW_TRIES}),
  XX: again('unclear', {maxTries: FEW_TRIES}),
};

/** A transaction that met another one. */
const CONFLICT_STATE = '2D521';
/** "General error": says nothing. */
const NO_STATES = ['', 'HY000'];

function ofRefusal(refusal: Refusal, isEnded: boolean): Treatment {
  const {errorClass, sqlState, message} = refusal;
  const passing = PASSING.find(([words]) => words.test(`${errorClass} ${message}`));
  if (passing !== undefined) return passing[1];
  if (sqlState === CONFLICT_STATE) return again('conflict');
  if (isEnded) return again('unclear', {session: 'new'});
  const byState = PASSING_STATES[sqlState.slice(0, 2)];
  if (byState !== undefined && errorClass !== 'STATEMENT_TIMEOUT') return byState;
  const isTold = errorClass !== '' || !NO_STATES.includes(sqlState);
  return isTold ? {kind: 'refused', refusal} : again('unclear', {maxTries: FEW_TRIES});
}
