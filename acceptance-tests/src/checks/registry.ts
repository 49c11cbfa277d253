import {ATTRIBUTES_CHECKS} from './attributes/attributes';
import type {Check} from './check';
import {CONNECTION_CHECKS} from './connection/connection';
import {DESTINATION_CHECKS} from './destination/destination';
import {DISCOVERY_CHECKS} from './discovery/discovery';
import {DOCUMENTATION_CHECKS} from './documentation/documentation';
import {INCREMENTAL_CHECKS} from './incremental/incremental';
import {OWN_CHECKS} from './own/own';
import {READ_CHECKS} from './read/read';
import {REFRESH_CHECKS} from './refresh/refresh';
import {SPEC_CHECKS} from './spec/spec';

/** Every check, in the order in which they are asked. */
export const CHECKS: readonly Check[] = [
  ...SPEC_CHECKS,
  ...CONNECTION_CHECKS,
  ...DISCOVERY_CHECKS,
  ...READ_CHECKS,
  ...REFRESH_CHECKS,
  ...INCREMENTAL_CHECKS,
  ...ATTRIBUTES_CHECKS,
  ...DOCUMENTATION_CHECKS,
  ...DESTINATION_CHECKS,
  // The last of these look at the runs that all the others made.
  ...OWN_CHECKS,
];
