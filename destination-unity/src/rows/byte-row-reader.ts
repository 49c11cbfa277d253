import type {IncomingRecord, LineRun, StreamDescriptor} from 'airbyte-cdk-ts';

import {fieldFor} from './bytes/field-for';
import {EmittedField, TextField} from './bytes/fields';
import {LineBytes} from './bytes/line-bytes';
import {LineMoulds} from './bytes/line-moulds';
import {LineWalk, type NamedField} from './bytes/line-walk';
import {PlainRowReader} from './plain-row-reader';
import {RowColumns, type RowColumnsOptions} from './row-columns';
import type {CollectedRows, LineReader, ReadingNotes} from './row-reader';

export interface ByteRowReaderOptions extends RowColumnsOptions {
  readonly stream: StreamDescriptor;
}

/**
 * Reads RECORD lines as bytes into columns, without a string or an object for a record. A
 * line that is like the one before it, but for some values, is compared with it as a
 * whole; any other is gone through and is the pattern from then on. What is not plain in a
 * line (escapes, objects, numbers with exponents, unknown members, values that need a
 * conversion) is left to those who parse it, and must give the same columns there.
 */
export class ByteRowReader implements LineReader {
  readonly #line = new LineBytes();
  readonly #columns: RowColumns;
  readonly #plain: PlainRowReader;
  readonly #texts: readonly TextField[];
  readonly #walk: LineWalk;
  readonly #moulds: LineMoulds;

  constructor({stream, ...options}: ByteRowReaderOptions) {
    this.#columns = new RowColumns(options);
    this.#plain = new PlainRowReader(this.#columns, options.key);
    const known = namedFields(this.#columns, this.#line);
    this.#texts = known.flatMap(({field}) => (field instanceof TextField ? field : []));
    this.#walk = new LineWalk(this.#line, stream, known);
    this.#moulds = new LineMoulds(this.#line, known);
  }

  get rows(): number {
    return this.#columns.rows;
  }

  get bytes(): number {
    return this.#columns.bytes;
  }

  get notes(): ReadingNotes {
    return this.#plain.notes;
  }

  read(record: IncomingRecord, line: string | undefined): void {
    this.#moulds.settle(this.#columns.rows);
    this.#plain.read(record, line);
  }

  readLines(run: LineRun, mostRows: number): void {
    this.#line.hold(run.buffer, run.end);
    this.#readAlike(run, mostRows);
    while (this.#mayRead(run, mostRows)) {
      if (!this.#moulds.fit(this.#walk, run.position, this.#columns.rows)) break;
      if (this.#readAlike(run, mostRows) === 0) break;
    }
    this.#line.release();
  }

  take(): CollectedRows {
    this.#moulds.settle(this.#columns.rows);
    for (const text of this.#texts) text.clear();
    return this.#columns.take();
  }

  #mayRead({position, end, bytes, mostBytes}: LineRun, mostRows: number): boolean {
    return position < end && bytes < mostBytes && this.#columns.rows < mostRows;
  }

  /** Reads lines as long as they fit the mould in use. Returns how many. */
  #readAlike(run: LineRun, mostRows: number): number {
    const template = this.#moulds.present;
    const from = this.#columns.rows;
    const rows = Math.min(mostRows, template.capacity);
    const {ending} = template;
    let row = from;
    let {position: at, bytes} = run;
    while (row < rows && at < run.end && bytes < run.mostBytes) {
      const next = template.read(at, row);
      if (next < 0) break;
      bytes += next - at - ending;
      at = next;
      row++;
    }
    template.complete(from, row);
    this.#columns.rows = row;
    this.#moulds.fitted(row - from);
    run.position = at;
    run.bytes = bytes;
    run.records += row - from;
    return row - from;
  }
}

function namedFields(columns: RowColumns, line: LineBytes): readonly NamedField[] {
  const emitted = {member: '', field: new EmittedField(line, columns.airbyte)};
  const data = columns.builders.map((builder): NamedField => {
    const nanos = columns.nanos.get(builder.column.name);
    return {member: builder.member, field: fieldFor(builder, {line, nanos})};
  });
  return [emitted, ...data];
}
