import path from 'node:path';
import {Worker} from 'node:worker_threads';

import {SystemError} from 'airbyte-cdk-ts';

import type {ColumnBatch} from '../rows/column-batch';
import {buffersOf} from './batch-buffers';
import type {KeyOrder} from './batch-order';
import type {EncodedFile, EngineRow} from './encoded-file';
import type {
  EngineAnswer,
  EngineOptions,
  EngineRequest,
  RowShape,
} from './encoder-protocol';
import {engineFailure} from './engine-failure';

const WORKER = path.join(__dirname, '../../lib/parquet/encoder-worker.js');

/**
 * What the thread's short-lived objects may take. A batch is a handful of objects, and
 * left alone the thread would let tens of megabytes of them lie before it cleans up.
 */
const YOUNG_GENERATION_MB = 4;

interface Waiting {
  readonly resolve: (answer: EngineAnswer) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Turns batches into Parquet files, in a thread of its own that starts with the first
 * request, unless it is prepared before. Requests are carried out one after the other,
 * so that all streams of a process share one engine and one memory limit. Files are
 * complete when a method resolves, but not yet forced to disk; a failed request leaves
 * no file behind.
 */
export class ParquetEncoder {
  private worker: Worker | undefined;
  private lost: SystemError | undefined;
  private readonly waiting: Waiting[] = [];

  constructor(private readonly options: EngineOptions) {}

  /** Starts the thread: its modules and the engine take a while to load. */
  prepare(): void {
    if (this.worker !== undefined) return;
    // A thread that is ended while it loads the engine would hold up the process's end.
    this.run('SELECT 1').catch(() => undefined); // told by the first batch
  }

  /**
   * Writes a batch's rows to `file`, sorted by the key, and takes over the batch's
   * buffers. With `keepGreatest` only one row of each key is written.
   */
  async encode(
    batch: ColumnBatch,
    file: string,
    order: KeyOrder,
  ): Promise<EncodedFile> {
    return fileOf(
      await this.ask({kind: 'encode', batch, path: file, order}, buffersOf(batch)),
    );
  }

  /** Writes the rows of a query to `file`; a known shape saves trying row groups out. */
  async copy(
    select: string,
    file: string,
    shape: RowShape = {rowBytes: 0},
  ): Promise<EncodedFile> {
    return fileOf(await this.ask({kind: 'copy', path: file, select, shape}));
  }

  /** Runs a statement that has no answer of its own. */
  async run(sql: string): Promise<void> {
    await this.ask({kind: 'run', sql});
  }

  /** Answers with the rows of a query, every value as the engine writes it. */
  async query(sql: string): Promise<readonly EngineRow[]> {
    const answer = await this.ask({kind: 'query', sql});
    return answer.kind === 'rows' ? answer.rows : [];
  }

  /** Ends the thread after everything that was asked before. */
  async close(): Promise<void> {
    if (this.worker === undefined || this.lost !== undefined) return;
    const {worker} = this;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    await this.ask({kind: 'close'});
    this.lost = new SystemError('The Parquet encoder is closed.');
    // Idle by now, it would not keep the process alive for its own end.
    worker.ref();
    await ended;
  }

  private async ask(
    request: EngineRequest,
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<EngineAnswer> {
    if (this.lost !== undefined) throw this.lost;
    const worker = (this.worker ??= this.start());
    const answer = await new Promise<EngineAnswer>((resolve, reject) => {
      worker.postMessage(request, transfer);
      this.waiting.push({resolve, reject});
      worker.ref();
    });
    if (answer.kind === 'failed') throw engineFailure(answer.message);
    return answer;
  }

  private start(): Worker {
    const worker = new Worker(WORKER, {
      workerData: this.options,
      resourceLimits: {maxYoungGenerationSizeMb: YOUNG_GENERATION_MB},
    });
    worker.on('message', (answer: EngineAnswer) => {
      this.waiting.shift()?.resolve(answer);
      // An idle engine keeps no process alive.
      if (this.waiting.length === 0) worker.unref();
    });
    worker.on('error', (cause) => this.lose(cause));
    worker.on('exit', (code) => this.lose(`exit code ${code}`));
    return worker;
  }

  private lose(cause: unknown): void {
    this.lost ??= new SystemError('The Parquet encoder ended unexpectedly.', {cause});
    for (const {reject} of this.waiting.splice(0)) reject(this.lost);
  }
}

function fileOf(answer: EngineAnswer): EncodedFile {
  if (answer.kind === 'file') return answer.file;
  throw new SystemError('The Parquet encoder gave an answer to another question.');
}
