import {edit, type Mutation} from './mutation';

/** Breaks in what is remembered from sync to sync. */
export const STATE_MUTATIONS: readonly Mutation[] = [
  {
    name: 'new points start at the watermark',
    says: 'A point that is added has no history (S-14, F-2).',
    edits: [
      edit(
        'sync/reconcile',
        'joining: newFront(start, unknown)};',
        'joining: newFront(main.watermark, unknown)};',
      ),
    ],
    cases: ['points that appear'],
  },
  {
    name: 'a window is done with its first group',
    says: 'The watermark moves before all groups of a window are read (L-2).',
    edits: [
      edit(
        'sync/timeseries-state',
        'if (reached.size < groupCount(points, groupSize)) return false;',
        'if (groupCount(points, groupSize) < 1) return false;',
      ),
    ],
  },
  {
    name: 'a restart takes every group for done',
    says: 'After a restart inside a window the groups not yet read are skipped (S-17).',
    edits: [
      edit('sync/state-codec', '>> (group & 7)) & 1) {', '>> (group & 7)) | 1) {'),
    ],
    cases: ['a restart inside a window', 'bursts under faults and kills'],
  },
  {
    name: 'lookback ignored',
    says: 'What reaches the archive late is never read (S-15, P-5).',
    edits: [
      edit(
        'sync/reconcile',
        'if (main === undefined || !isAtRest || !isBeginning) return state;',
        'if (main === undefined || !isAtRest || lookbackMs >= 0 || !isBeginning) return state;',
      ),
    ],
    cases: ['late events and lookback'],
  },
  {
    name: 'a state before its lines',
    says: 'The state is written while its records are still on their way (L-2, S-17).',
    edits: [
      edit(
        'runtime/stream-output',
        'this.options.emitter.queue.append(lines);',
        'setImmediate(() => this.options.emitter.queue.append(lines));',
      ),
    ],
  },
  {
    name: 'a state that is lost is a first run',
    says: 'Everything is read and appended again, for the state is not understood (S-18).',
    edits: [
      edit(
        'streams/timeseries',
        'return decodeTimeseriesState(stored);',
        'return decodeTimeseriesState(stored && undefined);',
      ),
    ],
  },
  {
    name: 'the slowest point pins all',
    says: 'Points that are healthy are read again from where a failed one stands (S-16).',
    edits: [
      edit(
        'streams/timeseries-plan',
        'const from = reached.get(group) ?? front.watermark;',
        'const from = [...state.laggards.values()].reduce((a, {cursor}) => (cursor < a ? cursor : a), reached.get(group) ?? front.watermark);',
      ),
    ],
    cases: ['points that heal later', '5 % failing points'],
  },
  {
    name: 'the first data server only',
    says: 'Points of further data servers do not exist (S-21, L-10).',
    edits: [
      edit(
        'selection/select-points',
        'of await selectDataServers(http, rules)) {',
        'of (await selectDataServers(http, rules)).slice(0, 1)) {',
      ),
    ],
    cases: ['two data servers, one away'],
  },
  {
    name: 'the snapshot is let out',
    says: 'The newest value is delivered before PI has archived it (P-7).',
    edits: [
      edit(
        'sync/held-back',
        'return holdsNewest && last !== undefined && last < span.to;',
        'return holdsNewest && last === undefined;',
      ),
    ],
    cases: ['held back, quiet', 'snapshots held back'],
  },
  {
    name: 'what was held back is forgotten',
    says: 'A value that was held back is not delivered when PI has archived it (P-7).',
    edits: [
      edit(
        'sync/held-back',
        'if (held === undefined || held.since >= span.from) return undefined;',
        'if (held === undefined || held.since < span.to) return undefined;',
      ),
    ],
    cases: ['held back, quiet', 'snapshots held back'],
  },
  {
    name: 'a late event hides what was held back',
    says: 'Only what stands before the window is taken for what was held back (P-7).',
    edits: [
      edit(
        'sync/held-back',
        'return {from: held.since, holdsNewest: false};',
        'return {from: page.page.last ?? held.since, holdsNewest: false};',
      ),
    ],
    cases: ['held back, quiet', 'snapshots held back'],
  },
  {
    name: 'the settle time is ignored',
    says: 'Values are read before the archive has settled (P-7, demand 26).',
    edits: [
      edit(
        'streams/timeseries',
        'wholeSecond(plusMs(now, -options.settleMs))',
        'wholeSecond(now)',
      ),
    ],
  },
];
