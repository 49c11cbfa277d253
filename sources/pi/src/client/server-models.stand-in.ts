/** What a modelled server does with a request that has just come. */
export interface Reply {
  readonly tookMs: number;
  readonly status: number;
  readonly retryAfterSeconds?: number;
}

/** A request as a model sees it. */
export interface Arrival {
  readonly nowMs: number;
  /** This one included. */
  readonly underWay: number;
  /** Of the answer. */
  readonly bytes: number;
  /** In `[0, 1)`. */
  readonly chance: number;
}

export type ServerModel = (arrival: Arrival) => Reply;

const SERVICE_MS = 50;
const REFUSED_AFTER_MS = 5;

/** Servers under load, by name. Each call makes one that has seen nothing yet. */
export const SERVER_MODELS: Readonly<Record<string, () => ServerModel>> = {
  'always takes 50 ms': () => () => good(SERVICE_MS),
  'takes longer beyond eight at once':
    () =>
    ({underWay}) =>
      good(beyond(underWay, 8)),
  'has eight workers and a queue': () => workers(8),
  'refuses with 429 above ten at once': () => refusing(10, {}),
  'refuses above ten, and says for how long': () =>
    refusing(10, {retryAfterSeconds: 1}),
  'starts slowly':
    () =>
    ({nowMs}) =>
      good(SERVICE_MS * (1 + 9 * Math.exp(-nowMs / 5000))),
  'has half its capacity from the middle on':
    () =>
    ({nowMs, underWay}) =>
      good(beyond(underWay, nowMs < HALF_TIME_MS ? 12 : 6)),
  'is unsteady':
    () =>
    ({chance}) =>
      good(unsteadyMs(chance)),
  'fails with 503 in bursts':
    () =>
    ({nowMs}) =>
      nowMs % 20_000 > 19_000 ? refused(503) : good(SERVICE_MS),
  'takes time by the size of the answer':
    () =>
    ({bytes}) =>
      good(20 + bytes / 500),
  'is half as fast from the middle on':
    () =>
    ({nowMs}) =>
      good(nowMs < HALF_TIME_MS ? SERVICE_MS : 2 * SERVICE_MS),
};

/** How long a run takes on the clock of the models. */
export const RUN_MS = 60_000;
const HALF_TIME_MS = RUN_MS / 2;

function good(tookMs: number): Reply {
  return {tookMs, status: 207};
}

function refused(status: number, more: Partial<Reply> = {}): Reply {
  return {tookMs: REFUSED_AFTER_MS, status, ...more};
}

/** More at once than `knee` is a loss: each takes longer than in proportion. */
function beyond(underWay: number, knee: number): number {
  return SERVICE_MS * Math.max(1, underWay / knee) ** 1.5;
}

function refusing(most: number, more: Partial<Reply>): ServerModel {
  return ({underWay}) => (underWay > most ? refused(429, more) : good(SERVICE_MS));
}

/** Between 35 and 80 ms, and one in fifty takes five times as long. */
function unsteadyMs(chance: number): number {
  const isLate = chance < 0.02;
  return (35 + 45 * chance) * (isLate ? 5 : 1);
}

function workers(count: number): ServerModel {
  const freeAtMs = Array.from({length: count}, () => 0);
  return ({nowMs}) => {
    const next = freeAtMs.indexOf(Math.min(...freeAtMs));
    const doneMs = Math.max(nowMs, freeAtMs[next] ?? 0) + SERVICE_MS;
    freeAtMs[next] = doneMs;
    return good(doneMs - nowMs);
  };
}
