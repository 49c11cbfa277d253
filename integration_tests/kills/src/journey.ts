import {rmSync} from 'node:fs';
import path from 'node:path';

import type {DiscoveredStream} from 'demo';
import {type Simulator, startSimulator, truthLines, truthRecords} from 'pi-simulator';

import {Chance} from './chance';
import {Connection} from './connection';
import type {Cut, PipeEnd} from './pipe';
import {drawChanges, drawCut, drawMinutes, type Story, writeStory} from './story';
import {judge, type Verdict} from './verdict';

export interface JourneyOrder {
  readonly seed: number;
  /** How many kills must meet a running program. */
  readonly kills: number;
  /** Holds a folder for each journey. */
  readonly folder: string;
  readonly streams: readonly DiscoveredStream[];
}

/** What became of a journey. */
export interface JourneyResult {
  readonly story: Story;
  readonly kills: Readonly<Record<Cut['victim'], number>>;
  /** Runs of the pipe, those without a kill included. */
  readonly attempts: number;
  readonly verdict: Verdict;
}

/** A sync is given up after so many kills, and the next one goes on from its states. */
const KILLS_PER_SYNC = 3;
/** Signals that come too late are drawn again, so often at most per kill. */
const DRAWS_PER_KILL = 6;
/** About the bytes of a line beyond its record, and of what is read besides events. */
const ENVELOPE_BYTES = 80;
const LINE_BYTES = 330;
const OTHER_BYTES = 60_000;

/** Plays the story of a seed to its end, kill after kill, and compares lake and plant. */
export async function runJourney(order: JourneyOrder): Promise<JourneyResult> {
  const story = writeStory(order.seed);
  const simulator = await startSimulator(story.plant);
  const folder = path.join(order.folder, `journey-${order.seed}`);
  try {
    const connection = new Connection({...order, ...story, simulator, folder});
    const journey = new Journey(story, simulator, connection);
    const verdict = await journey.play(order.kills);
    if (verdict.faults.length === 0) rmSync(folder, {recursive: true});
    return {story, kills: journey.kills, attempts: journey.attempts, verdict};
  } finally {
    await simulator.close();
  }
}

class Journey {
  readonly kills = {source: 0, destination: 0, both: 0};
  attempts = 0;
  readonly #chance: Chance;
  readonly #complaints: string[] = [];
  /** Bytes that the source has to tell since the last sync that went through. */
  #expectedBytes: number;
  #acknowledgedBefore = 0;

  constructor(
    private readonly story: Story,
    private readonly simulator: Simulator,
    private readonly connection: Connection,
  ) {
    this.#chance = new Chance(~story.seed);
    this.#expectedBytes = this.#bytesSince(story.start);
  }

  async play(kills: number): Promise<Verdict> {
    let draws = kills * DRAWS_PER_KILL;
    this.connection.startSync();
    for (let inSync = 0; this.#killed < kills && draws > 0; draws -= 1) {
      const wentThrough = await this.#attemptWithCut();
      inSync = wentThrough ? KILLS_PER_SYNC : inSync + 1;
      if (inSync < KILLS_PER_SYNC) continue;
      this.#nextSync();
      inSync = 0;
    }
    await this.#undisturbed();
    // A change behind a window that a kill has left half read is found by the next one.
    this.connection.startSync();
    await this.#undisturbed();
    const verdict = await judge(this.simulator, this.connection, this.story);
    const unmet = this.#killed < kills ? [`only ${this.#killed} kills met`] : [];
    return {...verdict, faults: [...this.#complaints, ...unmet, ...verdict.faults]};
  }

  get #killed(): number {
    return this.kills.source + this.kills.destination + this.kills.both;
  }

  /** True where the signal came too late and the sync went through. */
  async #attemptWithCut(): Promise<boolean> {
    const done = this.connection.acknowledgedRecords - this.#acknowledgedBefore;
    const left = this.#expectedBytes - done * LINE_BYTES;
    const cut = drawCut(this.#chance, Math.max(left, OTHER_BYTES));
    const end = await this.#attempt(cut);
    if (end.isKilled) {
      this.kills[cut.victim] += 1;
      return false;
    }
    this.#expectSuccess(end);
    return true;
  }

  async #undisturbed(): Promise<void> {
    this.#expectSuccess(await this.#attempt());
  }

  #attempt(cut?: Cut): Promise<PipeEnd> {
    this.attempts += 1;
    return this.connection.attempt(cut);
  }

  #expectSuccess({source, destination, complaints}: PipeEnd): void {
    if (source === 0 && destination === 0) return;
    const ends = `source ended with ${source}, destination with ${destination}`;
    this.#complaints.push(
      [`attempt ${this.attempts}: ${ends}`, ...complaints].join('\n'),
    );
  }

  #nextSync(): void {
    const {simulator, story} = this;
    const before = simulator.now();
    const movedMs = drawMinutes(story, this.#chance) * 60_000;
    const nowMs = Date.parse(before) + movedMs;
    simulator.advanceClock(new Date(nowMs).toISOString());
    const elements = this.#elements();
    for (const change of drawChanges(story, this.#chance, {nowMs, elements})) {
      simulator.change(change);
    }
    this.connection.startSync();
    this.#expectedBytes = this.#bytesSince(story.looksBack ? story.start : before);
    this.#acknowledgedBefore = this.connection.acknowledgedRecords;
  }

  #elements(): readonly string[] {
    const window = {from: this.story.start, to: this.simulator.now()};
    const all = truthRecords(this.simulator, 'af_elements', window);
    return [...all].map(({element_path: place}) => String(place));
  }

  #bytesSince(from: string): number {
    const {simulator} = this;
    let bytes = OTHER_BYTES;
    for (const piece of truthLines(simulator, 'timeseries', {
      from,
      to: simulator.now(),
    })) {
      bytes += piece.length + (piece.split('\n').length - 1) * ENVELOPE_BYTES;
    }
    return bytes;
  }
}
