import {FAILURE_MUTATIONS} from './failures';
import {FRAME_MUTATIONS} from './frames';
import type {Mutation} from './mutation';
import {PAGING_MUTATIONS} from './paging';
import {STATE_MUTATIONS} from './states';
import {VALUE_MUTATIONS} from './values';

/** Every way in which the source is broken on purpose. */
export const MUTATIONS: readonly Mutation[] = [
  ...PAGING_MUTATIONS,
  ...VALUE_MUTATIONS,
  ...FAILURE_MUTATIONS,
  ...STATE_MUTATIONS,
  ...FRAME_MUTATIONS,
];
