import {ConnectorError} from 'airbyte-cdk-ts';

import type {Http, HttpAnswer} from '../transport/http';
import {PiHttp} from './pi-http';
import {RequestGate} from './request-gate';
import {
  type Arrival,
  type Reply,
  RUN_MS,
  type ServerModel,
} from './server-models.stand-in';
import {Traffic} from './traffic';
import {VirtualClock} from './virtual-clock.stand-in';

/** What became of the requests of a run. */
export interface Tally {
  answered: number;
  refused: number;
}

/** The most at once, in every run. */
export const CEILING = 16;
const SIZES = [1000, 2000, 5000, 20_000];
const BODIES = new Map(
  SIZES.map((bytes) => [bytes, Buffer.from(`{"a":"${'x'.repeat(bytes)}"}`)]),
);
/** What a reader at a fixed setting waits that is refused: as ours, by its mean. */
const FIXED_WAIT_MS = 500;

/** A modelled server, and what it has done so far. */
class Server {
  readonly tally: Tally = {answered: 0, refused: 0};
  #underWay = 0;
  #seed = 7;

  constructor(private readonly model: ServerModel) {}

  begin(nowMs: number): Reply & Pick<Arrival, 'bytes'> {
    this.#seed = (this.#seed * 16_807) % 2_147_483_647;
    const bytes = SIZES[this.#seed % SIZES.length] ?? 0;
    const chance = this.#seed / 2_147_483_647;
    this.#underWay++;
    const arrival = {nowMs, underWay: this.#underWay, bytes, chance};
    return {...this.model(arrival), bytes};
  }

  end(nowMs: number, {status}: Reply): void {
    this.#underWay--;
    if (nowMs > RUN_MS) return;
    if (status === 207) this.tally.answered++;
    else this.tally.refused++;
  }
}

/** Our client as it is, with more to ask than it may ask at once. */
export async function governedRun(model: ServerModel): Promise<Tally> {
  const server = new Server(model);
  const clock = new VirtualClock();
  const {signal} = new AbortController();
  const traffic = new Traffic();
  const gate = new RequestGate({
    maxConcurrency: CEILING,
    maxRequestsPerSecond: 1000,
    clock,
    signal,
    traffic,
  });
  const rateLimit = {waiting: () => undefined, resumed: () => undefined};
  const http = httpTo(server, clock);
  const pi = new PiHttp({http, gate, clock, signal, rateLimit, traffic});
  const slices = Array.from({length: CEILING}, async () => {
    while (clock.nowMs() < RUN_MS) await asked(pi);
  });
  await clock.run();
  await Promise.all(slices);
  return server.tally;
}

/** What was given up after many attempts is no more than a refusal. */
async function asked(pi: PiHttp): Promise<void> {
  try {
    await pi.batch('{}');
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
  }
}

function httpTo(server: Server, clock: VirtualClock): Http {
  return {
    baseUrl: 'https://pi.test/piwebapi',
    release: () => undefined,
    close: () => undefined,
    send: async (): Promise<HttpAnswer> => {
      const reply = server.begin(clock.nowMs());
      await clock.sleep(reply.tookMs);
      server.end(clock.nowMs(), reply);
      const {status, retryAfterSeconds: seconds} = reply;
      const headers: Record<string, string> =
        seconds === undefined ? {} : {'retry-after': String(seconds)};
      const body = BODIES.get(reply.bytes) ?? Buffer.from('{}');
      return {status, headers, body};
    },
  };
}

/** So many readers, always: each asks again as soon as it was answered. */
export function fixedRun(model: ServerModel, readers: number): Tally {
  const server = new Server(model);
  const nextMs = Array.from({length: readers}, () => 0);
  const replies = new Map<number, Reply>();
  for (;;) {
    const nowMs = Math.min(...nextMs);
    if (nowMs > RUN_MS) return server.tally;
    const reader = nextMs.indexOf(nowMs);
    const reply = replies.get(reader);
    if (reply === undefined) {
      const begun = server.begin(nowMs);
      replies.set(reader, begun);
      nextMs[reader] = nowMs + begun.tookMs;
      continue;
    }
    server.end(nowMs, reply);
    replies.delete(reader);
    nextMs[reader] = nowMs + waitMs(reply);
  }
}

function waitMs({status, retryAfterSeconds}: Reply): number {
  if (status === 207) return 0;
  return retryAfterSeconds === undefined ? FIXED_WAIT_MS : retryAfterSeconds * 1000;
}
