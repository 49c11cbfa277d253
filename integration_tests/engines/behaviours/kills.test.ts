import {setTimeout as sleep} from 'node:timers/promises';

import fc from 'fast-check';

import type {DestinationRun, RunEnd} from '../src/behaviours/destination-run';
import {Stage} from '../src/behaviours/stage';
import {
  recordLine,
  stateLine,
  statusLine,
  type StreamStory,
} from '../src/behaviours/stream-story';

/** When SIGKILL comes: after so many states are back, or so much of the feed is out. */
interface Cut {
  readonly after:
    | {readonly kind: 'states'; readonly count: number}
    | {readonly kind: 'feed'; readonly percent: number};
  readonly delayMs: number;
}

const BATCHES = 5;
/** A batch is more than one load, so that each is committed by itself. */
const PADDING = 'x'.repeat(400_000);
const SETTINGS = {flush: {megabytes: 1, seconds: 1, memory_megabytes: 96}};

const PROPERTIES = {
  id: {type: 'integer'},
  rev: {type: 'integer'},
  padding: {type: 'string'},
};

const LOG: StreamStory = {name: 'log', properties: PROPERTIES};
const KEYED: StreamStory = {
  name: 'keyed',
  mode: 'append_dedup',
  key: ['id'],
  cursor: 'rev',
  properties: PROPERTIES,
};
const OLD: StreamStory = {...KEYED, name: 'fresh'};
const FRESH: StreamStory = {...OLD, generation: [2, 2]};
const STREAMS = [LOG, KEYED, FRESH];

/** Three records: of the log all are new, of the others each is sent by two batches. */
function recordsOf({name}: StreamStory, batch: number): readonly object[] {
  const first = name === LOG.name ? batch * 3 : batch * 2;
  return [0, 1, 2].map((at) => ({id: first + at, rev: batch, padding: PADDING}));
}

const idsOfLog = (batches: number): readonly number[] =>
  Array.from({length: batches * 3}, (_, id) => id);

/** What the newest batch says of each id. */
const NEWEST = Array.from({length: BATCHES * 2 + 1}, (_, id) => [
  String(id),
  String(Math.min(Math.floor(id / 2), BATCHES - 1)),
]);

let stage: Stage;

beforeEach(() => (stage = new Stage('kills')));
afterEach(() => stage.close());

describe('A sync that is killed again and again', () => {
  const cut = fc.record({
    after: fc.oneof(
      fc.record({
        kind: fc.constant('states' as const),
        count: fc.noBias(fc.nat(STREAMS.length * BATCHES - 1)),
      }),
      fc.record({
        kind: fc.constant('feed' as const),
        percent: fc.noBias(fc.nat(100)),
      }),
    ),
    delayMs: fc.noBias(fc.nat(700)),
  });
  const journeys = fc.sample(fc.array(cut, {minLength: 3, maxLength: 3}), {
    seed: 5,
    numRuns: 4,
  });

  it.each(journeys.slice(0, journeysOn(process.env)))(
    'ends with what the source has sent, and never lost what was acknowledged (journey %#)',
    async (...cuts) => {
      const journey = new Journey();
      await stage.sync({...OLD, batches: [[{id: -1, rev: 0}]]});

      for (const each of cuts) {
        await journey.attempt(each);
        const fresh = await stage.rows('fresh', ['id', 'rev']);
        expect(await journey.lost()).toEqual([]);
        expect(fresh).toEqual(journey.refreshed(fresh));
      }
      const end = await journey.attempt();

      expect(end).toMatchObject({exit: 0, errors: []});
      expect(await stage.rows('keyed', ['id', 'rev'])).toEqual(NEWEST);
      expect(await stage.rows('fresh', ['id', 'rev'])).toEqual(NEWEST);
      expect(await journey.lost()).toEqual([]);
      expect(await journey.overdone()).toEqual([]);
    },
  );
});

/** Where a source and a platform stand between attempts. */
class Journey {
  /** Batches acknowledged, by stream. */
  readonly #done = new Map<string, number>();
  /** How often each batch of the log was sent. */
  readonly #sent = new Array<number>(BATCHES).fill(0);
  #isCompleteSent = false;

  async attempt(cut?: Cut): Promise<RunEnd> {
    const run = stage.start(STREAMS, SETTINGS);
    const lines = this.#lines();
    const killed = cut === undefined ? undefined : meet(run, cut, lines.length);
    for (const [at, line] of lines.entries()) {
      await run.feed([line.text]);
      line.sent();
      killed?.fed(at + 1);
    }
    const end = await run.end();
    await killed?.done;
    for (const {stream = '', state} of end.states) {
      const {stream_state} = state['stream'] as {stream_state: {batch: number}};
      this.#done.set(stream, stream_state.batch + 1);
    }
    return end;
  }

  /** Ids of the log that were acknowledged and are not in the table. */
  async lost(): Promise<readonly number[]> {
    const stored = await this.#logCounts();
    const done = idsOfLog(this.#doneOf(LOG));
    return done.filter((id) => !stored.has(String(id)));
  }

  /** What the refreshed table must hold, given what it holds. */
  refreshed(found: readonly unknown[]): readonly unknown[] {
    const isOld = found.length === 1;
    return isOld || !this.#isCompleteSent ? [['-1', '0']] : NEWEST;
  }

  /** Ids of the log that were stored more often than they were sent. */
  async overdone(): Promise<readonly string[]> {
    const stored = [...(await this.#logCounts())];
    const most = (id: string): number => this.#sent[Math.floor(Number(id) / 3)] ?? 0;
    return stored.flatMap(([id, count]) => (count > most(id) ? [id] : []));
  }

  async #logCounts(): Promise<ReadonlyMap<string, number>> {
    const tables = await stage.tables();
    const rows = tables.includes('log') ? await stage.rows('log', ['id']) : [];
    const counts = new Map<string, number>();
    for (const [id] of rows) counts.set(id ?? '', (counts.get(id ?? '') ?? 0) + 1);
    return counts;
  }

  /** From the last acknowledged states on, the streams in turn. */
  #lines(): readonly {readonly text: string; readonly sent: () => void}[] {
    const nothing = (): void => undefined;
    const batches = Array.from({length: BATCHES}, (_, batch) => batch);
    const lines = batches.flatMap((batch) =>
      STREAMS.filter((story) => batch >= this.#doneOf(story)).flatMap((story) => {
        const records = recordsOf(story, batch);
        const sent = (): void =>
          void (this.#sent[batch] = (this.#sent[batch] ?? 0) + 1);
        return [
          ...records.map((record) => ({
            text: recordLine(story, record),
            sent: nothing,
          })),
          {
            text: stateLine(story, {batch, records: records.length}),
            sent: story === LOG ? sent : nothing,
          },
        ];
      }),
    );
    const endings = STREAMS.map((story) => ({
      text: statusLine(story, 'COMPLETE'),
      sent: () => void (this.#isCompleteSent ||= story === FRESH),
    }));
    return [...lines, ...endings];
  }

  #doneOf({name}: StreamStory): number {
    return this.#done.get(name) ?? 0;
  }
}

interface Killing {
  /** To be told how many lines are out. */
  readonly fed: (lines: number) => void;
  readonly done: Promise<void>;
}

/** Kills the run at its moment, unless it has ended before. */
function meet(run: DestinationRun, {after, delayMs}: Cut, lines: number): Killing {
  let isFed: () => void = () => undefined;
  const feed = new Promise<void>((resolve) => (isFed = resolve));
  const wanted =
    after.kind === 'feed' ? Math.floor((after.percent / 100) * lines) : Infinity;
  const moment = after.kind === 'states' ? run.echoes(after.count) : feed;
  const kill = async (): Promise<void> => {
    await moment;
    await sleep(delayMs);
    run.kill();
  };
  return {fed: (count) => (count > wanted || count === lines) && isFed(), done: kill()};
}

/** A warehouse takes seconds for what a folder takes milliseconds for. */
function journeysOn({BEHAVIOURS_ENGINE = ''}: NodeJS.ProcessEnv): number {
  return BEHAVIOURS_ENGINE.includes('"name":"local"') ? 4 : 1;
}
