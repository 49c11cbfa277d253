import type {StoredPoint} from 'pi-simulator';

import type {Instant} from '../instant';
import {ALL_CHANGES, type ChangeKind} from './changes';
import {COMMON_FAULTS, type FaultKind} from './faults';
import {type Shape, SHAPES} from './series';
import type {ServerSettings, SourceSettings} from './story';
import {POINT_TYPES} from './values';

type Range = readonly [least: number, most: number];

/** What a story is written from. */
export interface Traits {
  readonly points: Range;
  /** Of one point, where its shape allows it. */
  readonly events: Range;
  readonly hours: Range;
  readonly shapes: readonly Shape[];
  readonly types: readonly StoredPoint['type'][];
  readonly syncs: Range;
  /** Faults of a sync are drawn from these, so many. */
  readonly faults: readonly FaultKind[];
  readonly faultsPerSync: Range;
  readonly kills: Range;
  readonly changes: readonly ChangeKind[];
  readonly changesBefore: Range;
  readonly changesDuring: Range;
  readonly settings: Partial<SourceSettings>;
  readonly server: Partial<ServerSettings>;
  /** The middle of the history; undefined for any day. */
  readonly middle: Instant | undefined;
  readonly zone: string | undefined;
  /** Every point has exactly a page, or some, in every hour. */
  readonly fullPages: boolean;
  /** Syncs end exactly on events. */
  readonly endsOnEvents: boolean;
  /** History before the start date, and perhaps behind the end date, is not wanted. */
  readonly partOfHistory: boolean;
  readonly compressed: boolean;
  readonly future: boolean;
  readonly twoServers: boolean;
  readonly frames: boolean;
}

/** A story around nothing in particular: a little of everything. */
export const OPEN: Traits = {
  points: [1, 16],
  events: [0, 700],
  hours: [1, 72],
  shapes: SHAPES,
  types: POINT_TYPES,
  syncs: [1, 4],
  faults: COMMON_FAULTS,
  faultsPerSync: [0, 3],
  kills: [0, 2],
  changes: ALL_CHANGES,
  changesBefore: [0, 4],
  changesDuring: [0, 2],
  settings: {},
  server: {},
  middle: undefined,
  zone: undefined,
  fullPages: false,
  endsOnEvents: false,
  partOfHistory: false,
  compressed: false,
  future: false,
  twoServers: false,
  frames: false,
};

/** Nothing that disturbs: what comes out must be right at the first go. */
export const QUIET = {
  faultsPerSync: [0, 0],
  changesBefore: [0, 0],
  changesDuring: [0, 0],
  kills: [0, 0],
} as const satisfies Partial<Traits>;
