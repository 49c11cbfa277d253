import type {Traits} from './traits';

/** Hard cases of what fails between the source and PI, and of what changes in PI. */
export const TROUBLE_CASES: readonly (readonly [
  name: string,
  traits: Partial<Traits>,
])[] = [
  [
    '5 % failing points',
    {
      points: [20, 40],
      events: [0, 150],
      faults: ['point forbidden', 'point fails', 'point item fails'],
      faultsPerSync: [1, 2],
      syncs: [2, 4],
    },
  ],
  ['a 429 storm', {faults: ['storm'], faultsPerSync: [1, 2]}],
  [
    'a 429 storm without Retry-After',
    {faults: ['storm without Retry-After'], faultsPerSync: [1, 2]},
  ],
  [
    'late events and lookback',
    {
      changes: ['insert late'],
      changesBefore: [2, 6],
      syncs: [3, 4],
      settings: {lookbackMinutes: 600},
      hours: [4, 24],
    },
  ],
  [
    'edits, deletions and lookback',
    {
      changes: ['edit', 'delete'],
      changesBefore: [3, 8],
      syncs: [3, 4],
      settings: {lookbackMinutes: 1440},
      hours: [4, 24],
      events: [20, 300],
    },
  ],
  [
    'late events without lookback',
    {
      changes: ['insert late', 'edit', 'delete'],
      changesBefore: [2, 6],
      syncs: [3, 4],
      settings: {lookbackMinutes: 0},
    },
  ],
  ['points that appear', {changes: ['add'], changesBefore: [1, 3], syncs: [2, 4]}],
  [
    'points that are renamed',
    {changes: ['rename'], changesBefore: [1, 3], syncs: [2, 4]},
  ],
  [
    'points that are removed',
    {
      changes: ['remove'],
      changesBefore: [1, 2],
      changesDuring: [1, 2],
      points: [4, 16],
      syncs: [2, 4],
    },
  ],
  [
    'points that are hidden and shown',
    {
      changes: ['hide', 'show'],
      changesBefore: [1, 2],
      changesDuring: [1, 2],
      points: [4, 16],
      syncs: [3, 4],
    },
  ],
  [
    'a missing stream in a set',
    {
      changes: ['remove', 'hide', 'show'],
      changesDuring: [1, 3],
      points: [4, 16],
      server: {missingStream: 'item'},
      syncs: [2, 4],
    },
  ],
  [
    'answers that break off',
    {
      faults: ['truncated', 'WebException', 'reset', 'slow body'],
      faultsPerSync: [2, 4],
    },
  ],
  [
    'parts of a batch that fail',
    {faults: ['part fails'], faultsPerSync: [2, 4], points: [4, 20]},
  ],
  [
    'servers that fail',
    {
      faults: ['server error', 'web page', 'page with status 200', 'wrong links'],
      faultsPerSync: [2, 3],
    },
  ],
  [
    'answers that come too late',
    {faults: ['slow'], faultsPerSync: [1, 1], syncs: [1, 2], changesDuring: [0, 0]},
  ],
  [
    'a lower limit of the server',
    {
      server: {maxReturnedItems: 200},
      settings: {maxValuesPerResponse: 50_000},
      points: [1, 8],
      events: [100, 700],
    },
  ],
  [
    'a limit that changes',
    {
      faults: ['lower limit'],
      faultsPerSync: [1, 2],
      settings: {maxValuesPerResponse: 5000},
      points: [1, 8],
      events: [300, 700],
    },
  ],
  [
    'points that heal later',
    {
      faults: ['point forbidden', 'point fails'],
      faultsPerSync: [1, 1],
      syncs: [3, 4],
      points: [4, 12],
      kills: [0, 1],
    },
  ],
  [
    'values with Errors',
    {
      faults: ['point value fails'],
      faultsPerSync: [1, 1],
      syncs: [2, 3],
      points: [4, 12],
    },
  ],
  [
    'two data servers, one away',
    {
      faults: ['data server away'],
      faultsPerSync: [0, 1],
      twoServers: true,
      points: [4, 16],
      syncs: [3, 4],
    },
  ],
  [
    'changes while a sync runs',
    {
      changesDuring: [3, 6],
      changes: ['insert late', 'insert new', 'edit', 'delete'],
      settings: {maxValuesPerResponse: 100},
      syncs: [2, 3],
    },
  ],
  [
    'event frames under faults and kills',
    {
      frames: true,
      partOfHistory: true,
      points: [1, 3],
      events: [0, 50],
      hours: [6, 24],
      syncs: [2, 4],
      faults: ['lists fail', 'server error', 'truncated', 'reset'],
      faultsPerSync: [1, 2],
      kills: [1, 2],
      changes: ['insert late', 'edit', 'delete'],
      settings: {settleSeconds: 0},
    },
  ],
];
