import {
  ConfigError,
  type ConfiguredStream,
  type IncomingRecord,
  type LineRun,
  type Log,
  type StreamWriter,
} from 'airbyte-cdk-ts';

import {arranged} from '../rows/arranged';
import type {CollectedRows, ExtraColumns, LineReader} from '../rows/row-reader';
import type {TableDefinition} from '../table/table-definition';
import {RecordLine} from './record-line';
import {tellNotes} from './told-notes';
import type {WriteTarget} from './write-target';

/**
 * Rows of a batch, 12 row groups of a file, and bytes its columns may take when every row
 * has every value.
 */
const MOST_ROWS = 491_520;
const MOST_BATCH_BYTES = 256 * 1024 * 1024;
const BYTES_A_VALUE = 8;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

export interface TableWriterOptions {
  readonly stream: ConfiguredStream;
  readonly target: WriteTarget;
  readonly reader: LineReader;
  readonly log: Log;
}

/**
 * One stream's way into its table: records are collected as columns, handed to the lake
 * batch by batch in order, and at the end the old rows are replaced if they are to be.
 */
export class TableWriter implements StreamWriter {
  readonly #options: TableWriterOptions;
  readonly #lines: RecordLine;
  readonly #mostRows: number;
  /** What the table has to be, with the columns that came to it on the way. */
  #wanted: TableDefinition;
  #lineBytes = 0;
  #rows = 0;
  /** Resolves when the table has the columns of every batch cut so far. */
  #columns: Promise<void> = Promise.resolve();
  /** Resolves when every batch cut so far is durable, rejects for ever once one is not. */
  #commits: Promise<unknown> = Promise.resolve();

  constructor(options: TableWriterOptions) {
    const {stream, target} = options;
    const rowBytes = target.filling.length * BYTES_A_VALUE;
    this.#options = options;
    this.#wanted = target.wanted;
    this.#lines = new RecordLine(stream.descriptor);
    this.#mostRows = Math.min(MOST_ROWS, Math.ceil(MOST_BATCH_BYTES / rowBytes));
  }

  /**
   * The text of the line, where the caller has it, keeps numbers that a double cannot:
   * integers beyond 2^53, decimals, and numbers inside JSON.
   */
  record(record: IncomingRecord, bytes: number, line?: string): void {
    if (this.#rows === 0) this.#options.target.receiver.expectRows?.();
    this.#options.reader.read(record, line);
    this.#lineBytes += bytes;
    this.#rows++;
    if (this.#options.reader.rows >= this.#mostRows) this.#cut();
  }

  line(buffer: Buffer, start: number, end: number): boolean {
    const text = buffer.toString('utf8', start, end);
    // Sent as such, or put in for bytes that are no UTF-8: the shell tells which.
    if (text.includes('\ufffd')) return false;
    const record = this.#lines.read(text);
    if (record === undefined) return false;
    this.record(record, end - start, text);
    return true;
  }

  /** Most lines are read as bytes; one that cannot be is parsed, and bytes come again. */
  lines(run: LineRun): void {
    if (this.#rows === 0) this.#options.target.receiver.expectRows?.();
    while (run.position < run.end && run.bytes < run.mostBytes) {
      this.#readLines(run);
      if (this.#options.reader.rows >= this.#mostRows) this.#cut();
      else if (!this.#parseLine(run)) return;
    }
  }

  /** Of the lines, or of the columns where many rows say little in many columns. */
  get heldBytes(): number {
    return Math.max(this.#lineBytes, this.#options.reader.bytes);
  }

  async flush(): Promise<void> {
    this.#lineBytes = 0;
    if (this.#options.reader.rows > 0) this.#cut();
    await this.#commits;
  }

  async finish(ending: 'complete' | 'incomplete'): Promise<void> {
    await this.flush();
    const {target, reader, log, stream} = this.#options;
    const {table, receiver} = target;
    tellNotes(reader.notes, {log, stream: stream.descriptor.name});
    if (receiver === table || ending === 'complete') {
      if (receiver !== table) await table.replaceWith(receiver);
      await table.finish();
      return;
    }
    log.warn(
      `Stream "${stream.descriptor.name}" did not end: its ${this.#rows} new rows wait ` +
        'aside, and the table keeps the rows it had.',
    );
  }

  #readLines(run: LineRun): void {
    const {records, bytes} = run;
    this.#options.reader.readLines(run, this.#mostRows);
    this.#rows += run.records - records;
    this.#lineBytes += run.bytes - bytes;
  }

  /** False before a line that is not plainly a record of the stream. */
  #parseLine(run: LineRun): boolean {
    const {buffer, position, end, bytes, mostBytes} = run;
    if (position >= end || bytes >= mostBytes) return true;
    const lineFeed = buffer.indexOf(LINE_FEED, position);
    const lineEnd = buffer[lineFeed - 1] === CARRIAGE_RETURN ? lineFeed - 1 : lineFeed;
    if (lineEnd <= position || !this.line(buffer, position, lineEnd)) return false;
    run.position = lineFeed + 1;
    run.bytes += lineEnd - position;
    run.records += 1;
    return true;
  }

  /**
   * Begins to store what is collected. The lake is given a batch while earlier ones are
   * still on their way, and keeps their order.
   */
  #cut(): void {
    const {reader} = this.#options;
    const {keyMisfit} = reader.notes;
    const collected = reader.take();
    this.#columns = this.#columns.then(() => {
      if (keyMisfit !== undefined) throw this.#keyFailure(keyMisfit);
      return this.#makeColumns(collected.extras);
    });
    const stored = this.#columns.then(() => this.#store(collected));
    this.#commits = Promise.all([this.#commits, stored]);
    this.#commits.catch(() => undefined); // told by the next flush
  }

  async #store(collected: CollectedRows): Promise<void> {
    const {receiver, isMerged} = this.#options.target;
    const batch = arranged(collected, receiver.definition.columns);
    await (isMerged ? receiver.merge(batch) : receiver.append(batch));
  }

  async #makeColumns({rescued, key}: ExtraColumns): Promise<void> {
    const {table, receiver} = this.#options.target;
    const stored = new Set(this.#wanted.columns.map(({name}) => name));
    const missing = [...rescued, ...key].filter(({name}) => !stored.has(name));
    if (missing.length === 0) return;
    const names = key.map(({name}) => name);
    this.#wanted = {
      ...this.#wanted,
      columns: [...this.#wanted.columns, ...missing],
      key: [...new Set([...this.#wanted.key, ...names])],
    };
    await table.evolve(this.#wanted);
    if (receiver !== table) await receiver.evolve(this.#wanted);
  }

  #keyFailure(member: string): ConfigError {
    return new ConfigError(
      `Stream "${this.#options.stream.descriptor.name}" has values in its key field ` +
        `"${member}" that do not fit the type of the column. As NULL they could not be ` +
        'told apart and rows would be lost. Correct the type in the schema of the ' +
        'source, or choose the mode append.',
    );
  }
}
