import fc from 'fast-check';

import {Lake, settle} from '../testing/lake';
import {complete, globalState, record, state} from '../testing/lines';
import {run} from '../testing/write-run';

fc.configureGlobal({seed: 1});

describe('the lanes of write', () => {
  it('flushes by bytes, one flush after another', async () => {
    const records = Array.from({length: 40}, (_, n) => record('a', n));
    const {lake} = await run([...records, complete('a'), complete('b')], {
      limits: {flushBytes: 10 * records[20]!.length},
    });

    expect(lake.flushes).toBeGreaterThanOrEqual(4);
    expect(lake.mostFlushes).toBeLessThanOrEqual(2);
    expect(lake.rows('a')).toEqual(records.map((_, n) => n));
  });

  it('holds no more than the budget, flushes under way included', async () => {
    const records = Array.from({length: 300}, (_, n) =>
      record(n % 2 === 0 ? 'a' : 'b', n),
    );
    const longest = Math.max(...records.map(({length}) => length));
    const lake = new Lake({isSlow: true});

    await run([...records, complete('a'), complete('b')], {
      lake,
      limits: {flushBytes: 1e9, budgetBytes: 5 * longest},
    });

    expect(lake.mostHeld).toBeLessThanOrEqual(6);
    expect(lake.rows('a').length + lake.rows('b').length).toBe(300);
  });

  it('counts what records hold in memory where that is more than their lines', async () => {
    const records = Array.from({length: 60}, (_, n) => record('a', n));
    const lake = new Lake({isSlow: true, recordBytes: 1e6});

    await run([...records, complete('a'), complete('b')], {
      lake,
      limits: {flushBytes: 1e9, budgetBytes: 5e6},
    });

    expect(lake.mostHeld).toBeLessThanOrEqual(6);
    expect(lake.rows('a')).toEqual(records.map((_, n) => n));
  });

  it('flushes what has waited long enough', async () => {
    let nowMs = 0;
    let tick: () => void = () => undefined;
    const lake = new Lake({});
    const input = (async function* () {
      yield await Promise.resolve(Buffer.from(record('a', 1) + state('a', 1, 1)));
      nowMs = 999;
      tick();
      await settle();
      expect(lake.told).toEqual([]);
      nowMs = 1000;
      tick();
      await settle();
      expect(lake.told).toEqual(['a: 1']);
      yield Buffer.from(complete('a') + complete('b'));
    })();
    const every = (intervalMs: number, act: () => void): (() => void) => {
      if (intervalMs < 1000) tick = act;
      return () => undefined;
    };

    const {isDone} = await run([], {
      lake,
      input,
      every,
      clockMs: () => nowMs,
      limits: {flushAfterMs: 1000},
    });

    expect(isDone).toBe(true);
  });

  it('gives the fast lane the next line of the same stream first', async () => {
    const lake = new Lake({hasFastLane: true});

    const {states, isDone} = await run(
      [
        record('a', 1),
        record('a', 2),
        record('b', 3),
        record('b', 4),
        state('b', 1, 2),
        complete('a'),
        complete('b'),
      ],
      {lake},
    );

    expect(lake.fast).toEqual([2, 4]);
    expect(states).toEqual(['b 1 of 2']);
    expect(lake.rows('a')).toEqual([1, 2]);
    expect(isDone).toBe(true);
  });

  it('echoes no state before its records and stores each record once, in any interleaving', async () => {
    const event = fc.record({
      does: fc.constantFrom('record', 'record', 'record', 'state', 'all'),
      name: fc.constantFrom('a', 'b'),
    });
    const settings = fc.record({
      events: fc.array(event, {maxLength: 60}),
      chunkBytes: fc.integer({min: 1, max: 400}),
      flushBytes: fc.integer({min: 1, max: 900}),
    });
    await fc.assert(
      fc.asyncProperty(settings, async ({events, chunkBytes, flushBytes}) => {
        const script = new Script();
        for (const {does, name} of events) script.add(does, name);
        const lake = new Lake({isSlow: true});

        const {echoes, isDone} = await run(script.lines(), {
          lake,
          chunkBytes,
          limits: {flushBytes, budgetBytes: 2 * flushBytes},
        });

        expect(isDone).toBe(true);
        expect(lake.rows('a')).toEqual(script.rows.a);
        expect(lake.rows('b')).toEqual(script.rows.b);
        expect(echoes.map(({number}) => number).sort()).toEqual(
          [...script.claims.keys()].sort(),
        );
        for (const {number, durable} of echoes) {
          const claimed = script.claims.get(number)!;
          expect(durable.a).toBeGreaterThanOrEqual(claimed.a);
          expect(durable.b).toBeGreaterThanOrEqual(claimed.b);
        }
      }),
      {numRuns: 60},
    );
  });
});

/** A sequence of messages, and how many records each of its states claims. */
class Script {
  readonly rows = {a: [] as number[], b: [] as number[]};
  readonly claims = new Map<string, {readonly a: number; readonly b: number}>();
  readonly #lines: string[] = [];

  add(does: string, name: string): void {
    const n = this.#lines.length;
    const {a, b} = this.rows;
    if (does === 'record') {
      (name === 'a' ? a : b).push(n);
      this.#lines.push(record(name, n));
      return;
    }
    const ofBoth = does === 'all';
    this.#lines.push(ofBoth ? globalState(n) : state(name, n, 0));
    this.claims.set(String(n), {
      a: ofBoth || name === 'a' ? a.length : 0,
      b: ofBoth || name === 'b' ? b.length : 0,
    });
  }

  lines(): readonly string[] {
    return [...this.#lines, complete('a'), complete('b')];
  }
}
