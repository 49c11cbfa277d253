import fc from 'fast-check';

import type {Cell} from '../src/behaviours/engine';
import {Stage} from '../src/behaviours/stage';
import {emitted, type StreamStory} from '../src/behaviours/stream-story';

let stage: Stage;

beforeAll(() => (stage = new Stage('random')));
afterAll(() => stage.close());

const DELETED_AT = '_ab_cdc_deleted_at';
const STREAMS = 4;
const SYNCS = 2;

const PROPERTIES = {
  left: {type: ['null', 'integer']},
  right: {type: ['null', 'string']},
  rev: {type: ['null', 'integer']},
  note: {type: 'string'},
  [DELETED_AT]: {type: ['null', 'string'], format: 'date-time'},
};

interface Change {
  readonly left: number | null;
  readonly right: string | null;
  readonly rev: number | null;
  readonly secondsLater: number;
  readonly isDeleted: boolean;
  readonly note: string;
}

/** Few keys and few cursors, so that all that can meet does. */
const change = fc.record({
  left: fc.constantFrom(null, 1, 2),
  right: fc.constantFrom(null, '', 'a'),
  rev: fc.constantFrom(null, 1, 2, 3),
  secondsLater: fc.nat(2),
  isDeleted: fc.nat(4).map((draw) => draw === 0),
  note: fc.uuid(),
});
const batch = fc.array(change, {minLength: 1, maxLength: 20});
const stream = fc.array(fc.array(batch, {minLength: 1, maxLength: 2}), {
  minLength: SYNCS,
  maxLength: SYNCS,
});

describe('A deduplicated stream with whatever happens to its rows', () => {
  it('holds what a list says that is kept by hand', async () => {
    const stories = fc.sample(stream, {seed: 11, numRuns: STREAMS});

    for (let sync = 0; sync < SYNCS; sync++) {
      await stage.sync(stories.map((syncs, at) => story(at, syncs[sync] ?? [])));
    }

    for (const [at, syncs] of stories.entries()) {
      const rows = await stage.rows(`hard_${at}`, ['left', 'right', 'rev', 'note']);
      const {kept} = new KeptList(syncs.flat());
      expect(sorted(rows)).toEqual(sorted(kept));
    }
  });
});

function story(at: number, batches: readonly (readonly Change[])[]): StreamStory {
  return {
    name: `hard_${at}`,
    mode: 'append_dedup',
    key: ['left', 'right'],
    cursor: 'rev',
    properties: PROPERTIES,
    batches: batches.map((changes) => changes.map(recordOf)),
  };
}

function recordOf({isDeleted, secondsLater, ...row}: Change): object {
  const deletion = isDeleted ? {[DELETED_AT]: '2026-01-01T00:00:00Z'} : {};
  return emitted({...row, ...deletion}, {secondsLater});
}

/** The table as somebody would keep it who reads batch after batch. */
class KeptList {
  readonly #rows = new Map<string, Change>();

  constructor(batches: readonly (readonly Change[])[]) {
    for (const changes of batches) this.#take(winners(changes));
  }

  get kept(): readonly (readonly Cell[])[] {
    return [...this.#rows.values()].map(({left, right, rev, note}) => [
      left === null ? null : String(left),
      right,
      rev === null ? null : String(rev),
      note,
    ]);
  }

  #take(changes: ReadonlyMap<string, Change>): void {
    for (const [key, came] of changes) {
      const stored = this.#rows.get(key);
      if (stored !== undefined && isNewer(stored, came)) continue;
      if (came.isDeleted) this.#rows.delete(key);
      else this.#rows.set(key, came);
    }
  }
}

function winners(changes: readonly Change[]): ReadonlyMap<string, Change> {
  const best = new Map<string, Change>();
  for (const came of changes) {
    const key = JSON.stringify([came.left, came.right]);
    const rival = best.get(key);
    if (rival === undefined || !isNewer(rival, came)) best.set(key, came);
  }
  return best;
}

/** Greater in its cursor, then extracted later; no cursor is less than any. */
function isNewer(a: Change, b: Change): boolean {
  const [left, right] = [a.rev ?? 0, b.rev ?? 0];
  return left === right ? a.secondsLater > b.secondsLater : left > right;
}

function sorted(rows: readonly (readonly Cell[])[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
