import {grouped} from './report';

const SECOND_MS = 1000;

interface TimeseriesState {
  readonly watermark?: string;
  readonly window?: {readonly end?: string; readonly done?: string};
}

/** One line a second on how a sync goes: records, rate, groups of points, lag. */
export class Progress {
  readonly #begin = performance.now();
  #watermark: string | undefined;
  #groupsDone = 0;

  constructor(private readonly now: string) {}

  /** Learns from the source's STATE messages how far it is. */
  readonly onMessage = (message: Readonly<Record<string, unknown>>): void => {
    if (message['type'] !== 'STATE') return;
    const {stream} = message['state'] as {
      stream: {stream_descriptor: {name: string}; stream_state: TimeseriesState};
    };
    if (stream.stream_descriptor.name !== 'timeseries') return;
    const {watermark, window} = stream.stream_state;
    this.#watermark = watermark;
    this.#groupsDone = bitsSet(window?.done ?? '');
  };

  readonly onProgress = (records: ReadonlyMap<string, number>): void => {
    console.log(`  ${this.line(records)}`);
  };

  line(records: ReadonlyMap<string, number>): string {
    const seconds = (performance.now() - this.#begin) / SECOND_MS;
    const total = [...records.values()].reduce((sum, count) => sum + count, 0);
    const rate = Math.round(total / seconds);
    return [
      `${seconds.toFixed(0).padStart(3)} s`,
      `${grouped(total).padStart(10)} records`,
      `${grouped(rate).padStart(8)}/s`,
      `${this.#groupsDone} point groups done in this window`,
      this.#lag(),
    ].join('  ');
  }

  #lag(): string {
    if (this.#watermark === undefined) return 'lag not known yet';
    const hours = (Date.parse(this.now) - Date.parse(this.#watermark)) / 3_600_000;
    return `lag ${hours.toFixed(1)} h`;
  }
}

function bitsSet(base64: string): number {
  let count = 0;
  for (const byte of Buffer.from(base64, 'base64')) {
    for (let bits = byte; bits > 0; bits &= bits - 1) count += 1;
  }
  return count;
}
