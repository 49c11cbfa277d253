import {QUIET, type Traits} from './traits';

/** Hard cases of what the archive holds, what is asked of it, and when reading ends. */
export const HISTORY_CASES: readonly (readonly [
  name: string,
  traits: Partial<Traits>,
])[] = [
  [
    'full pages in every group',
    {...QUIET, fullPages: true, points: [2, 8], hours: [2, 5]},
  ],
  ['full pages under faults', {fullPages: true, points: [2, 8], hours: [2, 5]}],
  [
    '1,500 events on one timestamp',
    {
      ...QUIET,
      shapes: ['burst'],
      events: [1500, 1500],
      points: [1, 3],
      settings: {maxValuesPerResponse: 100},
    },
  ],
  [
    'bursts under faults and kills',
    {
      shapes: ['burst'],
      events: [300, 1500],
      points: [2, 4],
      settings: {maxValuesPerResponse: 500},
      kills: [1, 2],
    },
  ],
  [
    '10 Hz beside one event a day',
    {
      ...QUIET,
      shapes: ['dense', 'daily'],
      events: [6000, 9000],
      points: [2, 4],
      hours: [48, 96],
    },
  ],
  [
    'a spring night in Berlin',
    {zone: 'Europe/Berlin', middle: '2026-03-29T01:00:00.0000000Z', hours: [6, 12]},
  ],
  [
    'an autumn night in Berlin',
    {zone: 'Europe/Berlin', middle: '2025-10-26T01:00:00.0000000Z', hours: [6, 12]},
  ],
  [
    'a spring night in New York',
    {zone: 'America/New_York', middle: '2026-03-08T07:00:00.0000000Z', hours: [6, 12]},
  ],
  [
    'an autumn night in New York',
    {zone: 'America/New_York', middle: '2025-11-02T06:00:00.0000000Z', hours: [6, 12]},
  ],
  [
    'an autumn night on Lord Howe',
    {
      zone: 'Australia/Lord_Howe',
      middle: '2026-04-04T15:00:00.0000000Z',
      hours: [6, 12],
    },
  ],
  [
    'a spring night on Lord Howe',
    {
      zone: 'Australia/Lord_Howe',
      middle: '2025-10-04T15:30:00.0000000Z',
      hours: [6, 12],
    },
  ],
  [
    'window seams on events',
    {
      ...QUIET,
      shapes: ['seams'],
      points: [1, 8],
      hours: [12, 60],
      endsOnEvents: true,
      syncs: [2, 4],
    },
  ],
  [
    'a restart inside a window',
    {
      points: [8, 24],
      events: [200, 600],
      hours: [1, 4],
      kills: [2, 4],
      settings: {maxValuesPerResponse: 100, maxConcurrency: 2},
      syncs: [1, 2],
    },
  ],
  ['many kills', {kills: [3, 6], syncs: [1, 3]}],
  [
    'events 100 ns apart',
    {
      ...QUIET,
      shapes: ['adjacent', 'clumps'],
      points: [2, 6],
      settings: {maxValuesPerResponse: 100},
    },
  ],
  [
    'values of every kind',
    {...QUIET, points: [18, 27], events: [40, 150], shapes: ['steady', 'ties']},
  ],
  [
    'points without events',
    {shapes: ['empty', 'created', 'steady'], points: [6, 20], events: [0, 100]},
  ],
  [
    'snapshots that are discarded',
    {
      ...QUIET,
      compressed: true,
      settings: {snapshot: 'include', settleSeconds: 0},
      syncs: [3, 4],
      shapes: ['steady', 'daily'],
    },
  ],
  [
    'snapshots held back',
    {
      compressed: true,
      settings: {snapshot: 'hold_back', settleSeconds: 0},
      syncs: [3, 4],
    },
  ],
  [
    'held back, quiet',
    {
      ...QUIET,
      compressed: true,
      settings: {snapshot: 'hold_back', settleSeconds: 0},
      syncs: [4, 4],
      shapes: ['steady', 'daily', 'ties', 'created'],
    },
  ],
  ['future data', {future: true, settings: {futureDays: 2}, syncs: [2, 4]}],
  [
    'future data as its time comes',
    {...QUIET, future: true, settings: {futureDays: 0}, syncs: [3, 4]},
  ],
  ['part of the history', {partOfHistory: true, syncs: [1, 3]}],
  [
    'a large plant',
    {
      points: [24, 40],
      events: [500, 1500],
      faultsPerSync: [0, 1],
      kills: [0, 1],
      syncs: [1, 2],
    },
  ],
  [
    'event frames',
    {
      frames: true,
      // What began before the start date and was still open then belongs to it.
      partOfHistory: true,
      points: [1, 3],
      events: [0, 50],
      hours: [12, 36],
      syncs: [3, 4],
      faultsPerSync: [0, 0],
      kills: [0, 0],
      changes: ['insert late', 'edit', 'delete'],
      settings: {settleSeconds: 0, endDate: undefined},
    },
  ],
  [
    'a long quiet history',
    {
      ...QUIET,
      hours: [2000, 5000],
      shapes: ['steady', 'daily', 'clumps'],
      points: [2, 6],
      events: [50, 400],
    },
  ],
];
