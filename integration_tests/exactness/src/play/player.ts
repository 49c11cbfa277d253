import {type Simulator, startSimulator, truthRecords} from 'pi-simulator';

import {Chance} from '../chance';
import {after, DAY, HOUR, type Instant} from '../instant';
import {SLOW_MS} from '../story/faults';
import type {Kill, Story, StorySync, TimedChange} from '../story/story';
import {
  attemptByProgram,
  attemptInProcess,
  type AttemptOrder,
  type AttemptOutput,
} from './attempt';
import {BatchCounter} from './batch-counter';
import {Chronicle, type KnownPoint} from './chronicle';
import {FastClock} from './fast-clock';
import {lastStates, type StateMessage} from './messages';
import type {SourceBuild} from './source-build';

/** One attempt of a sync, as the platform saw it. */
export interface Attempt extends AttemptOutput {
  /** Counted over the whole run, from 0. */
  readonly number: number;
  /** Undefined for a sync behind the story, when all faults have passed. */
  readonly sync: number | undefined;
  readonly way: Kill['way'];
  /** The archive's clock as it began, and as it ended. */
  readonly from: Instant;
  readonly to: Instant;
  readonly hasFaults: boolean;
  /** By stream: the state that was handed back. */
  readonly states: ReadonlyMap<string, StateMessage>;
  readonly requests: number;
  /** What PI held at the end, if the story has event frames. */
  readonly frames: readonly FrameRow[] | undefined;
  /** Stopped by us, for it asked without end. */
  readonly isEndless: boolean;
}

/** An event frame, in the fields of the stream. */
export type FrameRow = Readonly<Record<string, unknown>>;

/** All that happened in a run. */
export interface Performance {
  readonly story: Story;
  readonly attempts: readonly Attempt[];
  readonly points: readonly KnownPoint[];
  readonly changes: {readonly made: number; readonly refused: number};
}

/** Where a story is played. */
export interface Stage {
  readonly build: SourceBuild;
  /** For the files of programs. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly realMs: () => number;
}

/** Plays a story: the real source against the real simulator. */
export async function play(story: Story, stage: Stage): Promise<Performance> {
  const simulator = await startSimulator({
    ...story.server,
    seed: 1,
    points: story.frames ? COMPUTED_POINTS : 0,
    plants: story.frames ? 1 : 0,
    frameLife: story.frames,
    historyStart: story.server.now,
    stored: story.points,
    rateLimitPerSecond: 1_000_000,
  });
  try {
    const player = new Player(story, stage, simulator);
    await player.playAll();
    return player.performance();
  } finally {
    await simulator.close();
  }
}

/** Event frames belong to machines, and those have points of their own. */
const COMPUTED_POINTS = 2;
/** More than any sync of a story needs. */
const MOST_REQUESTS = 4000;
const LONGEST_MS = 60_000;
/** Syncs behind the story in which everything must heal. */
const LAST_SYNCS = 2;
/** About what an event takes as a line. */
const LINE_BYTES = 230;

interface Sync {
  readonly number: number | undefined;
  readonly hasFaults: boolean;
  /** Taken out as they are made. */
  readonly during: TimedChange[];
  batches: number;
}

class Player {
  private readonly attempts: Attempt[] = [];
  private readonly chronicle: Chronicle;
  private readonly clock: FastClock;
  private states: ReadonlyMap<string, StateMessage> = new Map();

  constructor(
    private readonly story: Story,
    private readonly stage: Stage,
    private readonly simulator: Simulator,
  ) {
    this.chronicle = new Chronicle(simulator, ghostsOf(story));
    this.clock = new FastClock(new Chance(story.seed).fork('waits'), stage.realMs);
  }

  performance(): Performance {
    const {story, attempts, chronicle} = this;
    return {story, attempts, points: chronicle.close(), changes: chronicle.counts};
  }

  async playAll(): Promise<void> {
    for (const [number, sync] of this.story.syncs.entries()) {
      await this.playSync(number, sync);
    }
    this.simulator.clearFaults();
    this.chronicle.showAll(this.between);
    for (let left = LAST_SYNCS; left > 0; left -= 1) {
      // Later than any wait that a failure may cause.
      const now = after(this.simulator.now(), DAY + HOUR);
      this.chronicle.make({action: 'advance_clock', now}, this.between);
      await this.attempt({number: undefined, hasFaults: false, during: [], batches: 0});
    }
  }

  private get between(): number {
    return this.attempts.length - 0.5;
  }

  private async playSync(number: number, sync: StorySync): Promise<void> {
    this.chronicle.make({action: 'advance_clock', now: sync.now}, this.between);
    for (const change of sync.before) this.chronicle.make(change, this.between);
    this.simulator.clearFaults();
    for (const rule of sync.faults) this.simulator.addFault(rule);
    const hasFaults = sync.faults.length > 0;
    const own = {number, hasFaults, during: [...sync.during], batches: 0};
    for (const kill of sync.kills) await this.attempt(own, kill);
    await this.attempt(own);
  }

  private async attempt(sync: Sync, kill?: Kill): Promise<void> {
    const {states} = this;
    const from = this.simulator.now();
    const endless = new AbortController();
    const timer = setTimeout(() => endless.abort(), LONGEST_MS);
    const counter = new BatchCounter(this.simulator.url, () => {
      this.changeDuring(sync);
      if (counter.requests > MOST_REQUESTS) endless.abort();
    });
    const way = kill?.way ?? 'in process';
    const run = way === 'program' ? attemptByProgram : attemptInProcess;
    const output = await run({...this.order(kill), signal: endless.signal});
    counter.close();
    clearTimeout(timer);
    this.states = new Map([...states, ...lastStates(output.text)]);
    this.attempts.push({
      ...output,
      ...{number: this.attempts.length, sync: sync.number, way, states},
      ...{from, to: this.simulator.now(), hasFaults: sync.hasFaults},
      frames: this.frames(),
      ...{requests: counter.requests, isEndless: endless.signal.aborted},
    });
  }

  private frames(): readonly FrameRow[] | undefined {
    const {frames, settings} = this.story;
    const {startDate: from, endDate} = settings;
    const now = this.simulator.now();
    const to = endDate !== undefined && endDate < now ? endDate : now;
    // Before the start date nothing is wanted yet.
    if (!frames || to <= from) return undefined;
    return [...truthRecords(this.simulator, 'event_frames', {from, to})];
  }

  private changeDuring(sync: Sync): void {
    sync.batches += 1;
    while (sync.during[0] !== undefined && sync.during[0].batch <= sync.batches) {
      const due = sync.during.shift();
      if (due !== undefined) this.chronicle.make(due.change, this.attempts.length);
    }
  }

  private order(kill: Kill | undefined): Omit<AttemptOrder, 'signal'> {
    const {build, folder} = this.stage;
    const {zone, syncs} = this.story;
    const isSlow = syncs.some(({faults}) =>
      faults.some(({delayMs}) => delayMs === SLOW_MS),
    );
    const config = this.config();
    return {
      ...{build, folder, zone, config, clock: this.clock},
      catalog: catalogOf(this.streams(config)),
      states: [...this.states.values()].map((state) => ({type: 'STREAM', ...state})),
      killAfterBytes: kill === undefined ? undefined : this.bytes(kill.share),
      requestTimeoutSeconds: isSlow ? SLOW_MS / 2000 : undefined,
    };
  }

  /** A share of what there is to deliver since the last sync, about. */
  private bytes(share: number): number {
    const now = this.simulator.now();
    const since = this.attempts.findLast(({exitCode}) => exitCode === 0)?.from ?? '';
    const events = this.story.points.flatMap((point) => point.events);
    const due = events.filter(({timestamp}) => timestamp >= since && timestamp < now);
    return Math.floor(share * (due.length * LINE_BYTES + 2000));
  }

  private streams(config: Readonly<Record<string, unknown>>): Map<string, boolean> {
    const isRead = (name: string): boolean =>
      STREAMS.has(name) || (this.story.frames && name === 'event_frames');
    const all = this.stage.build.streams(config, this.clock);
    return new Map([...all].filter(([name]) => isRead(name)));
  }

  private config(): Readonly<Record<string, unknown>> {
    const {settings} = this.story;
    const {url, username, password} = this.simulator;
    return {
      base_url: url,
      credentials: {auth_type: 'basic', username, password},
      start_date: settings.startDate,
      ...(settings.endDate === undefined ? {} : {end_date: settings.endDate}),
      settle_seconds: settings.settleSeconds,
      lookback_minutes: settings.lookbackMinutes,
      snapshot: settings.snapshot,
      future_days: settings.futureDays,
      load_audit: settings.loadAudit,
      // All of a story: what changes in a frame is seen only by reading it again.
      event_frames: {lookback_hours: 8760},
      load: {
        max_concurrency: settings.maxConcurrency,
        max_values_per_response: settings.maxValuesPerResponse,
        max_requests_per_second: 1000,
      },
    };
  }
}

/** By point: the instants of events that compression may discard. */
function ghostsOf({points}: Story): Map<string, Instant[]> {
  return new Map(
    points.map(({name, events}) => [
      name,
      events.flatMap(({ghost, timestamp}) => (ghost === true ? timestamp : [])),
    ]),
  );
}

const STREAMS: ReadonlySet<string> = new Set([
  'timeseries',
  'load_audit',
  'tag_status',
]);

function catalogOf(
  streams: ReadonlyMap<string, boolean>,
): Readonly<Record<string, unknown>> {
  return {
    streams: [...streams].map(([name, isIncremental]) => ({
      stream: {name, json_schema: {}},
      sync_mode: isIncremental ? 'incremental' : 'full_refresh',
      destination_sync_mode: isIncremental ? 'append_dedup' : 'overwrite',
    })),
  };
}
