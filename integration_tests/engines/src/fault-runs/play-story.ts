import {mkdirSync} from 'node:fs';
import path from 'node:path';

import {
  type Commit,
  type Query,
  StandInWarehouse,
} from '../stand-in/stand-in-warehouse';
import {type AttemptEnd, runAttempt} from './attempt';
import type {AttemptFaults} from './attempt-faults';
import {Chance} from './chance';
import type {Client} from './client';
import {catalogOf, feed} from './feed';
import {Journal, type Views} from './journal';
import {Leftovers} from './leftovers';
import {expectedTable, neededBefore} from './model';
import {Platform} from './platform';
import type {Cut, Story, StorySync} from './story';
import {judgeRows} from './verdict';

/** What became of a story. */
export interface StoryResult {
  readonly seed: number;
  /** Nothing where all is as the model says. */
  readonly problems: readonly string[];
  readonly attempts: number;
  /** Clients that were taken away; programs among them died of SIGKILL. */
  readonly cuts: number;
  readonly kills: number;
  /** How often something went wrong, by what. */
  readonly faults: Readonly<Record<string, number>>;
}

export interface Stage {
  /** Holds volumes and documents. */
  readonly folder: string;
  /** Runs attempts in this process. */
  readonly inProcess: Client;
  /** Runs attempts as a program. */
  readonly program: Client;
}

/** Plays a story to its end, attempt after attempt as a platform would, and judges it. */
export async function playStory(story: Story, stage: Stage): Promise<StoryResult> {
  const folder = path.join(stage.folder, String(story.seed));
  mkdirSync(folder, {recursive: true});
  const journal = new Journal();
  const play = new Play(story, {...stage, folder}, journal);
  const standIn = await StandInWarehouse.open({
    folder,
    directResultsMs: story.directResultsMs,
    namespace: {catalog: 'main', schema: 'pi'},
    beforeCommit: ({kind}) => play.duringLoad(kind),
    onCommit: (commit: Commit, query: Query) => journal.committed(commit, query),
  });
  try {
    return await play.toTheEnd(standIn);
  } finally {
    standIn.close();
  }
}

class Play {
  readonly #problems: string[] = [];
  readonly #faults = new Map<string, number>();
  readonly #timesSent = new Map<number, number>();
  readonly #cuts: Cut[];
  readonly #chance: Chance;
  readonly #platform: Platform;
  #atWork: AttemptFaults | undefined;
  #attempts = 0;
  #cutCount = 0;
  #killCount = 0;

  constructor(
    private readonly story: Story,
    private readonly stage: Stage,
    private readonly journal: Journal,
  ) {
    this.#cuts = [...story.cuts];
    this.#chance = new Chance(~story.seed);
    this.#platform = new Platform(story);
  }

  /** What happens to a load is the matter of the attempt that is at work. */
  async duringLoad(kind: string): Promise<void> {
    await this.#atWork?.duringLoad(kind);
  }

  async toTheEnd(standIn: StandInWarehouse): Promise<StoryResult> {
    const leftovers = new Leftovers(standIn);
    const {syncs} = this.story;
    for (let number = 0; number < syncs.length && this.#isFine; number += 1) {
      await this.#playSync(number, standIn, leftovers);
    }
    if (this.#isFine) await this.#judge(standIn, leftovers);
    this.#problems.push(...this.journal.problems, ...standIn.unsupportedStatements);
    return {
      seed: this.story.seed,
      problems: this.#problems,
      attempts: this.#attempts,
      cuts: this.#cutCount,
      kills: this.#killCount,
      faults: Object.fromEntries(this.#faults),
    };
  }

  get #isFine(): boolean {
    return this.#problems.length === 0 && this.journal.problems.length === 0;
  }

  async #playSync(
    number: number,
    standIn: StandInWarehouse,
    leftovers: Leftovers,
  ): Promise<void> {
    const sync = this.story.syncs[number];
    if (sync === undefined) return;
    this.#platform.startSync(sync);
    for (const first = this.#attempts; this.#isFine;) {
      const cut = this.#cuts.shift();
      const views = this.#views(number);
      const end = await this.#attempt({standIn, sync, views, cut, first});
      if (!end.isCut) leftovers.ended(end.uploaded);
      if (end.isSuccess) return;
      this.#platform.tryAgain();
      if (!end.isCut && !end.isShort)
        this.#fail(`it failed: ${end.complaints.join(' | ')}`);
    }
  }

  async #attempt(order: AttemptOfSync): Promise<AttemptEnd> {
    const {standIn, sync, views, cut, first} = order;
    const {story, stage} = this;
    this.#attempts += 1;
    const attempt = this.#attempts;
    this.journal.beginAttempt(attempt, views);
    const isProgram = story.isProgramKilled && cut?.kind === 'killed';
    const end = await runAttempt({
      ...{story, standIn, cut, number: attempt},
      chance: new Chance(this.#chance.whole(0, 2 ** 31)),
      client: isProgram ? stage.program : stage.inProcess,
      weather: story.weather,
      catalog: catalogOf(story, sync, this.#platform.generations),
      steps: feed({story, sync, attempt, from: this.#platform.positions}),
      folder: stage.folder,
      onState: (state) => this.#acknowledged(state, sync, first),
      onFaults: (faults) => {
        this.#atWork = faults;
      },
    });
    this.#count(end, isProgram);
    return end;
  }

  /** A state may come back only when what it stands for is in its table. */
  #acknowledged(state: unknown, sync: StorySync, first: number): void {
    const {stream: number, position} = this.#platform.keep(state);
    const stream = this.story.streams[number];
    if (stream === undefined) return;
    const goesOn = !/_whole|_uncounted/.test(stream.kind);
    const since = goesOn ? first + 1 : this.#attempts;
    const rows = sync.parts[number]?.rows ?? [];
    const lacking = neededBefore(rows, position, stream).filter(
      (serials) => !serials.some((serial) => this.journal.isLoaded(serial, since)),
    );
    if (lacking.length === 0) return;
    this.#fail(
      `${stream.table}: state ${position} came back before ${lacking.length} rows`,
    );
  }

  /** What readers may see of tables whose rows are replaced in this sync. */
  #views(number: number): ReadonlyMap<string, Views> {
    const {streams, syncs} = this.story;
    return new Map(
      streams.flatMap((stream, at) => {
        const isRefresh = syncs[number]?.parts[at]?.isRefresh === true;
        const one = {syncs, stream, number: at};
        const before = new Set(expectedTable(one, number).rows.keys());
        if (!isRefresh || number === 0 || before.size === 0) return [];
        const after = new Set(expectedTable(one, number + 1).rows.keys());
        return [[stream.table, {allowed: [before, after]}] as const];
      }),
    );
  }

  #count(end: AttemptEnd, isProgram: boolean): void {
    if (end.isCut) this.#cutCount += 1;
    if (end.isCut && isProgram) this.#killCount += 1;
    for (const [what, count] of end.faults) {
      this.#faults.set(what, (this.#faults.get(what) ?? 0) + count);
    }
    for (const serial of end.sent) {
      this.#timesSent.set(serial, (this.#timesSent.get(serial) ?? 0) + 1);
    }
  }

  async #judge(standIn: StandInWarehouse, leftovers: Leftovers): Promise<void> {
    const {streams, syncs} = this.story;
    for (const [number, stream] of streams.entries()) {
      const expected = expectedTable({syncs, stream, number}, syncs.length);
      const order = {
        stream,
        expected,
        fullName: stream.table,
        timesSent: this.#timesSent,
      };
      const problems = await standIn.look((query) => judgeRows(order, query));
      problems.forEach((problem) => this.#fail(problem));
    }
    this.#judgeTables(standIn);
    await this.#judgeFiles(standIn, leftovers);
  }

  #judgeTables({tables}: StandInWarehouse): void {
    const wanted = new Set(this.story.streams.map(({table}) => table));
    for (const {fullName} of tables.all()) {
      if (!wanted.has(fullName)) this.#fail(`the table ${fullName} is left over`);
    }
  }

  /** Only clients that were taken away leave files, and a later one takes them away. */
  async #judgeFiles(standIn: StandInWarehouse, leftovers: Leftovers): Promise<void> {
    for (const name of leftovers.forgotten()) {
      this.#fail(`the staged file ${name} is left over`);
    }
    if (leftovers.names().length === 0) return;
    leftovers.age();
    const last = this.story.syncs.at(-1);
    if (last === undefined) return;
    const sync: StorySync = {
      messages: last.messages.filter(({kind}) => kind === 'complete'),
      parts: last.parts.map((part) => ({...part, rows: []})),
    };
    const order = {standIn, sync, views: new Map(), cut: undefined, first: 0};
    const end = await this.#attempt(order);
    if (!end.isSuccess) this.#fail(`it failed: ${end.complaints.join(' | ')}`);
    for (const name of leftovers.names()) {
      this.#fail(`the old staged file ${name} was not removed`);
    }
  }

  #fail(problem: string): void {
    this.#problems.push(`attempt ${this.#attempts}: ${problem}`);
  }
}

interface AttemptOfSync {
  readonly standIn: StandInWarehouse;
  readonly sync: StorySync;
  readonly views: ReadonlyMap<string, Views>;
  readonly cut: Cut | undefined;
  /** Attempts there had been when the sync began. */
  readonly first: number;
}
