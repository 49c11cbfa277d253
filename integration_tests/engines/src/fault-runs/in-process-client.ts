import {setImmediate as turn} from 'node:timers/promises';

import {Chance} from './chance';
import type {Client, ClientOrder, RunningClient} from './client';
import type {DestinationBuild} from './destination-build';
import {FastTime} from './fast-time';

/** More than the age at which a load is due. */
const PAUSE_MS = 1500;

/** Runs the destination in this process, where no wait takes long. */
export class InProcessClient implements Client {
  constructor(private readonly build: DestinationBuild) {}

  start(order: ClientOrder): RunningClient {
    const run = new Run(order);
    const written = run.by(this.build);
    return {ended: Promise.race([written, run.gone]), kill: () => run.kill()};
  }
}

class Run {
  readonly #time = new FastTime();
  readonly #chance: Chance;
  readonly #abort = new AbortController();
  readonly #acts = new Set<() => void>();
  /** Whoever is taken away has not ended well; what it still does reaches nobody. */
  readonly gone = new Promise<boolean>((resolve) => {
    this.#abort.signal.addEventListener('abort', () => resolve(false));
  });
  #rest = '';

  constructor(private readonly order: ClientOrder) {
    this.#chance = new Chance(order.seed);
  }

  by(build: DestinationBuild): Promise<boolean> {
    const {config, catalog} = this.order;
    const time = this.#time;
    return build.write({
      config,
      catalog,
      input: this.#input(),
      pace: {
        nowMs: () => time.nowMs(),
        sleep: (ms) => this.#sleep(ms),
        random: () => this.#chance.share(),
      },
      randomBits: () => BigInt(this.#chance.whole(0, 2 ** 48)) << 16n,
      every: (_, act) => {
        this.#acts.add(act);
        return () => void this.#acts.delete(act);
      },
      signal: this.#abort.signal,
      write: (bytes) => this.#say(bytes),
    });
  }

  kill(): void {
    this.#abort.abort();
  }

  async *#input(): AsyncGenerator<Buffer> {
    for (const step of this.order.steps) {
      if (step.kind === 'line') yield Buffer.from(`${step.line}\n`);
      else await this.#pause();
    }
  }

  async #pause(): Promise<void> {
    this.#time.skip(PAUSE_MS);
    for (const act of this.#acts) act();
    await turn();
  }

  /** Whoever is gone does not try again. */
  async #sleep(ms: number): Promise<void> {
    const {signal} = this.#abort;
    signal.throwIfAborted();
    await this.#time.sleep(ms);
    signal.throwIfAborted();
  }

  #say(bytes: Buffer): void {
    const lines = (this.#rest + bytes.toString()).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.order.onLine(line);
  }
}
