import {type JsonObject, type LineSink, TransientError} from 'airbyte-cdk-ts';

import type {Archive, RecordedRequest} from '../client/archive';
import type {PiPoint} from '../sync/pi-point';
import {fromEpochMs, piTimestamp, type PiTimestamp} from '../sync/pi-timestamp';
import {SyncAccount} from '../sync/sync-account';
import type {TimeseriesState} from '../sync/timeseries-state';
import {Timeseries, type TimeseriesOptions, type TimeseriesOutcome} from './timeseries';

export const START_MS = Date.UTC(2026, 2, 1);
export const START = fromEpochMs(START_MS);
export const HOUR_MS = 3_600_000;

export interface Plant {
  readonly points: readonly PiPoint[];
  readonly events: ReadonlyMap<string, readonly PiTimestamp[]>;
  readonly now: PiTimestamp;
  readonly maxValues: number;
}

/** A whole second and 100 ns steps behind it. */
export function instant(ms: number, ticks: number): PiTimestamp {
  const digits = String(ticks).padStart(7, '0');
  return piTimestamp(`${new Date(ms).toISOString().slice(0, 19)}.${digits}Z`) ?? START;
}

export function plantOf(
  hours: readonly (readonly number[])[],
  lastHour: number,
): Plant {
  const instants = hours.map((of) =>
    of.map((hour) => instant(START_MS + hour * HOUR_MS, 0)),
  );
  return plantFrom(instants, START_MS + lastHour * HOUR_MS, 50);
}

export function plantFrom(
  instants: readonly (readonly PiTimestamp[])[],
  nowMs: number,
  maxValues: number,
): Plant {
  const points = instants.map((_, index) => ({
    serverId: index % 2 === 0 ? 'a-server' : 'b-server',
    pointId: 10 + index,
    webId: `W${index}`,
    name: `point ${index}`,
    pointType: 'Float32',
    units: undefined,
    future: false,
  }));
  const events = new Map(
    points.map(({webId}, at) => [webId, [...(instants[at] ?? [])].sort()]),
  );
  return {points, events, now: fromEpochMs(nowMs), maxValues};
}

/** What must come out: point, timestamp, sequence. */
export function truth(
  {points, events}: Pick<Plant, 'points' | 'events'>,
  from: PiTimestamp,
  to: PiTimestamp,
): string[] {
  return points.flatMap(({webId}) => {
    const seen = new Map<string, number>();
    return (events.get(webId) ?? [])
      .filter((at) => at >= from && at < to)
      .map((at) => {
        const sequence = seen.get(at) ?? 0;
        seen.set(at, sequence + 1);
        return `${webId} ${at} ${sequence}`;
      });
  });
}

export function only(
  records: readonly string[],
  {points}: Pick<Plant, 'points'>,
): string[] {
  const webIds = new Set(points.map(({webId}) => webId));
  return records.filter((record) => webIds.has(record.slice(0, record.indexOf(' '))));
}

/** Stands in for PI Web API: inclusive windows, pages cut in silence, whole-set 404. */
export class MemoryArchive implements Archive {
  /** WebIDs whose presence fails a whole sub-request, with the status, or left out. */
  failing = new Map<string, number | 'left out'>();
  /** Which of the sub-requests that hold a failing point fail, by their number. */
  failingRequests = {from: 0, to: Infinity};
  readonly asked: RecordedRequest[] = [];
  private failures = 0;
  /** Answers with more values come too late. */
  mostValues = Infinity;
  refusals = 0;
  private readonly events: Map<string, PiTimestamp[]>;

  constructor(
    plant: Plant,
    readonly maxCountLimit = 150_000,
  ) {
    this.events = new Map([...plant.events].map(([webId, at]) => [webId, [...at]]));
  }

  add({webId}: PiPoint, ms: number): void {
    this.events.get(webId)?.push(fromEpochMs(ms));
    this.events.get(webId)?.sort();
  }

  recorded(requests: readonly RecordedRequest[]): Promise<Buffer> {
    const answers = requests.map((request) => [request.id, this.answer(request)]);
    const body = JSON.stringify(Object.fromEntries(answers));
    if (body.split('"Timestamp"').length - 1 > this.mostValues) {
      const details = {code: 'READ_TIMEOUT'};
      return Promise.reject(new TransientError('PI took too long.', {details}));
    }
    return Promise.resolve(Buffer.from(body));
  }

  /** What is looked at later is no JSON any more. */
  release(body: Buffer): void {
    body.fill('x');
  }

  backoff(): Promise<void> {
    return Promise.resolve();
  }

  private answer(request: RecordedRequest): unknown {
    const {webIds, maxCount} = request;
    this.asked.push(request);
    const fault = this.fault(webIds);
    if (typeof fault === 'number') {
      return {Status: fault, Content: {Errors: ['It failed.']}};
    }
    if (maxCount * webIds.length > this.maxCountLimit) {
      return {Status: 400, Content: {Errors: ['more than the limit']}};
    }
    const answered = webIds.filter(
      (webId) => fault === undefined || this.failing.get(webId) !== fault,
    );
    const streams = answered.map((webId) => ({
      WebId: webId,
      Items: this.items(webId, request),
    }));
    return {Status: 200, Content: {Items: streams.reverse()}};
  }

  /** Each value is the ordinal of its event at its timestamp. */
  private items(
    webId: string,
    {start, end, maxCount, boundaryType}: RecordedRequest,
  ): readonly unknown[] {
    const all = withOrdinals(this.events.get(webId) ?? []);
    const isOutside = boundaryType === 'Outside';
    const before = isOutside ? all.filter(({at}) => at < start).slice(-1) : [];
    const after = isOutside ? all.filter(({at}) => at > end).slice(0, 1) : [];
    const inside = all.filter(({at}) => at >= start && at <= end);
    const items = [...before, ...inside, ...after].slice(0, maxCount).map(event);
    return isOutside && items.length === 0 ? [noData(start)] : items;
  }

  /** The newest event vanishes: compression did not keep it. */
  discardNewest({webId}: PiPoint): PiTimestamp | undefined {
    return this.events.get(webId)?.pop();
  }

  eventsOf({webId}: PiPoint): readonly PiTimestamp[] {
    return this.events.get(webId) ?? [];
  }

  newestOf({webId}: PiPoint): PiTimestamp | undefined {
    return this.events.get(webId)?.at(-1);
  }

  private fault(webIds: readonly string[]): number | 'left out' | undefined {
    const bad = webIds.find((webId) => this.failing.has(webId));
    if (bad === undefined) return undefined;
    const {from, to} = this.failingRequests;
    const isDue = this.failures >= from && this.failures < to;
    this.failures += 1;
    return isDue ? this.failing.get(bad) : undefined;
  }
}

interface Ordinal {
  readonly at: PiTimestamp;
  readonly ordinal: number;
}

function withOrdinals(events: readonly PiTimestamp[]): Ordinal[] {
  let ordinal = 0;
  return events.map((at, index) => {
    ordinal = events[index - 1] === at ? ordinal + 1 : 0;
    return {at, ordinal};
  });
}

function event({at, ordinal}: Ordinal): unknown {
  return {Timestamp: at.replace(/\.?0*Z$/, 'Z'), Value: ordinal, Good: true};
}

function noData(at: PiTimestamp): unknown {
  const Value = {Name: 'No Data', Value: 248, IsSystem: true};
  return {Timestamp: at, Value, Good: false};
}

export interface SyncOptions {
  readonly archive: Archive;
  readonly plant: Plant;
  /** Seed of the order in which slices end. */
  readonly order: number;
  /** After so many outcomes the sync is killed. */
  readonly steps?: number;
  readonly stored?: JsonObject | undefined;
  readonly options?: Partial<TimeseriesOptions>;
}

export interface SyncRun {
  /** Point, timestamp, sequence. */
  readonly records: string[];
  readonly stored: JsonObject;
  readonly failure: Error | undefined;
}

/** Runs a stream as the engine does: rounds of slices whose outcomes come in any order. */
export async function sync(options: SyncOptions): Promise<SyncRun> {
  const stream = timeseries(options);
  const records: string[] = [];
  let state = stream.decodeState(options.stored);
  let left = options.steps ?? Infinity;
  while (left > 0) {
    const outcomes: TimeseriesOutcome[] = [];
    for await (const slice of stream.plan(state)) {
      outcomes.push(await stream.read(slice, sink(records)));
    }
    if (outcomes.length === 0) break;
    const before = encoded(stream, state);
    for (const outcome of shuffled(outcomes, options.order).slice(0, left)) {
      state = stream.advance(state, outcome);
      left -= 1;
    }
    if (encoded(stream, state) === before) throw new RangeError('No progress.');
  }
  const stored = JSON.parse(encoded(stream, state)) as JsonObject;
  return {records, stored, failure: stream.failure(state)};
}

function timeseries({archive, plant, options}: SyncOptions): Timeseries {
  return new Timeseries({
    archive,
    points: () => Promise.resolve(plant.points),
    serverNow: () => Promise.resolve(plant.now),
    start: START,
    end: undefined,
    settleMs: 0,
    lookbackMs: 0,
    holdsNewest: false,
    futureMs: 0,
    account: new SyncAccount(),
    audit: {check: () => Promise.resolve()},
    maxValuesPerResponse: plant.maxValues,
    maxConcurrency: 1,
    log: {error: ignore, warn: ignore, info: ignore, debug: ignore},
    ...options,
  });
}

function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const left = [...items];
  const order: Item[] = [];
  for (let at = seed; left.length > 0; at = (at * 7 + 3) % 1_000_003) {
    order.push(...left.splice(at % left.length, 1));
  }
  return order;
}

function encoded(stream: Timeseries, state: TimeseriesState): string {
  return JSON.stringify(stream.encodeState(state));
}

function ignore(): void {
  // Nothing is to be said.
}

function sink(records: string[]): LineSink {
  return {
    envelope: () => ({head: '', tail: '\n'}),
    memory: () => Buffer.allocUnsafe(65_536),
    write: (lines, count) => {
      const parsed = String(lines).trimEnd().split('\n');
      if (parsed.length !== count) throw new RangeError('Lines were counted wrong.');
      for (const line of parsed) records.push(identity(line));
      return Promise.resolve();
    },
  };
}

function identity(line: string): string {
  const record = JSON.parse(line) as Readonly<Record<string, string | number>>;
  if (record['value'] !== record['sequence']) {
    throw new RangeError(`The ordinal of ${line} is wrong.`);
  }
  return `${record['tag_webid']} ${record['timestamp']} ${record['sequence']}`;
}
