import type {
  IncomingRecord,
  LineRun,
  StreamWriter,
} from '../destination/destination-connector';
import {SystemError} from '../errors';
import type {ConfiguredStream} from '../protocol/catalog';
import {recordEnvelope} from '../protocol/messages';

export interface LakeOptions {
  /** Where it fails: `open a`, `record a`, `flush a`, `finish a`. */
  readonly failsAt?: string;
  readonly hasFastLane?: boolean;
  /** Lines come by the fast lane many at once. */
  readonly takesRuns?: boolean;
  /** A flush takes some turns. */
  readonly isSlow?: boolean;
  /** What a record holds in memory, in bytes; else the shell counts its line. */
  readonly recordBytes?: number;
}

/** Where the writers put what is durable, and what was seen on the way. */
export class Lake {
  /** Flushes with their rows, and endings, in order. */
  readonly told: string[] = [];
  /** What came by the fast lane. */
  readonly fast: number[] = [];
  readonly emittedAt: number[] = [];
  flushes = 0;
  mostFlushes = 0;
  mostHeld = 0;
  #held = 0;
  readonly #rows = new Map<string, readonly number[]>();

  constructor(readonly options: LakeOptions) {}

  /** The durable rows of a stream. */
  rows(name: string): readonly number[] {
    return this.#rows.get(name) ?? [];
  }

  open(stream: ConfiguredStream): StreamWriter {
    const writer = new LakeWriter(this, stream);
    writer.failAt('open');
    return writer;
  }

  took(): void {
    this.#held += 1;
    this.mostHeld = Math.max(this.mostHeld, this.#held);
  }

  store(name: string, rows: readonly number[]): void {
    this.flushes += 1;
    this.#held -= rows.length;
    this.#rows.set(name, [...this.rows(name), ...rows]);
    this.told.push(`${name}: ${rows.join(' ')}`);
  }
}

class LakeWriter implements StreamWriter {
  readonly line?: (buffer: Buffer, start: number, end: number) => boolean;
  readonly lines?: (run: LineRun) => void;
  readonly #name: string;
  #held: number[] = [];
  #flushing = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly lake: Lake,
    private readonly stream: ConfiguredStream,
  ) {
    const {name, namespace} = stream.descriptor;
    this.#name = namespace === undefined ? name : `${namespace}.${name}`;
    if (lake.options.hasFastLane) {
      this.line = (buffer, start, end) =>
        this.#fast(buffer.toString('utf8', start, end));
    }
    if (lake.options.takesRuns) this.lines = (run) => this.#takeRun(run);
  }

  get heldBytes(): number {
    return this.#held.length * (this.lake.options.recordBytes ?? 0);
  }

  record({data, emitted_at}: IncomingRecord): void {
    this.failAt('record');
    this.lake.emittedAt.push(emitted_at);
    this.#take(Number(data['n']));
  }

  flush(): Promise<void> {
    this.failAt('flush');
    const rows = this.#held;
    this.#held = [];
    this.#flushing += 1;
    this.lake.mostFlushes = Math.max(this.lake.mostFlushes, this.#flushing);
    this.#last = this.#last.then(async () => {
      if (this.lake.options.isSlow) await settle();
      this.#flushing -= 1;
      this.lake.store(this.#name, rows);
    });
    return this.#last;
  }

  finish(ending: string): Promise<void> {
    this.failAt('finish');
    this.lake.told.push(`${this.#name} ${ending}`);
    return Promise.resolve();
  }

  failAt(step: string): void {
    const place = `${step} ${this.#name}`;
    if (this.lake.options.failsAt === place) throw new SystemError(place);
  }

  #fast(text: string): boolean {
    if (!text.startsWith(recordEnvelope(this.stream.descriptor, 0).head)) return false;
    const n = Number(/"n":(\d+)/.exec(text)?.[1]);
    this.lake.fast.push(n);
    this.#take(n);
    return true;
  }

  #takeRun(run: LineRun): void {
    const {buffer, end, mostBytes} = run;
    while (run.position < end && run.bytes < mostBytes) {
      const lineFeed = buffer.indexOf(0x0a, run.position);
      this.failAt('record');
      const text = buffer.toString('utf8', run.position, lineFeed);
      if (!this.#fast(text)) return;
      run.position = lineFeed + 1;
      run.records += 1;
      run.bytes += text.length;
    }
  }

  #take(n: number): void {
    this.#held.push(n);
    this.lake.took();
  }
}

/** Lets everything happen that can happen without the outside. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
}
