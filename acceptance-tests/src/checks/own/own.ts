import type {Check} from '../check';
import {BLOCKED} from './blocked';
import {BROKEN_STREAM} from './broken-stream';
import {DETERMINISM} from './determinism';
import {KILL} from './kill';
import {LINES} from './lines';
import {PATHS} from './paths';
import {SECRETS} from './secrets';
import {STATE_FORMS} from './state-forms';
import {STATES} from './states';
import {STATUSES} from './statuses';

/** Ours. Those that look at the runs of all checks come last. */
export const OWN_CHECKS: readonly Check[] = [
  ...[KILL, BLOCKED, BROKEN_STREAM, STATE_FORMS, PATHS, DETERMINISM],
  ...[STATUSES, STATES, SECRETS, LINES],
];
