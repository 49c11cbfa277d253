import type {IncomingRecord} from 'airbyte-cdk-ts';

import {AIRBYTE_MEMBERS, nanosColumn, RESCUED} from '../table/airbyte-columns';
import type {Column} from '../table/table-definition';
import {AirbyteValues, type RowConstants} from './airbyte-values';
import type {ColumnData} from './column-batch';
import {builderFor} from './columns/builder-for';
import type {ColumnBuilder, Present} from './columns/column-builder';
import {LineText} from './line-text';
import {changeEntry, TOO_LONG, type Misfit} from './misfit';
import {RescuedValues} from './rescued-values';
import type {CollectedRows, ReadingNotes, RowReader} from './row-reader';

/** Undeclared members named in the log; more are only counted. */
const MOST_NAMED = 20;

export interface RowReaderOptions {
  readonly columns: readonly Column[];
  /** Names of the columns whose values must fit, because rows are told apart by them. */
  readonly key: readonly string[];
  readonly constants: RowConstants;
}

/** Where a member of a record goes. Without a builder: nowhere, on purpose. */
interface Target {
  readonly member: string;
  readonly builder: ColumnBuilder | undefined;
  readonly isKey: boolean;
  /** The target that followed this one last time: mostly it does so again. */
  next: Target | undefined;
}

/** Reads records that were parsed as a whole. */
export class PlainRowReader implements RowReader {
  readonly #meter = {bytes: 0};
  readonly #line = new LineText();
  readonly #airbyte: AirbyteValues;
  readonly #airbyteColumns: readonly Column[];
  readonly #rescued: RescuedValues;
  /** By key column. */
  readonly #nanos: ReadonlyMap<string, ColumnBuilder>;
  readonly #builders: readonly ColumnBuilder[];
  readonly #targets: ReadonlyMap<string, Target>;
  readonly #first: Target = {
    member: '',
    builder: undefined,
    isKey: false,
    next: undefined,
  };
  readonly #changes: string[] = [];
  readonly #misfits = new Map<string, number>();
  readonly #undeclared = new Set<string>();
  #rowsWithUndeclared = 0;
  #keyMisfit: string | undefined;
  #rows = 0;

  constructor({columns, key, constants}: RowReaderOptions) {
    this.#airbyte = new AirbyteValues(constants, this.#meter);
    this.#airbyteColumns = columns.filter(({name}) => AIRBYTE_MEMBERS.has(name));
    this.#rescued = new RescuedValues(this.#line, this.#meter);
    const context = {exact: this.#line, meter: this.#meter};
    const keyTimes = columns.filter(
      ({name, type}) => key.includes(name) && isTime(type),
    );
    this.#nanos = new Map(
      keyTimes.map(({name}) => {
        return [name, builderFor({...context, column: nanosColumn(name), member: ''})];
      }),
    );
    this.#builders = columns.flatMap((column) => {
      const {name, member} = column;
      if (member === undefined) return [];
      return builderFor({...context, column, member, nanos: this.#nanos.get(name)});
    });
    this.#targets = targetsOf(this.#builders, key);
  }

  get rows(): number {
    return this.#rows;
  }

  get bytes(): number {
    return this.#meter.bytes;
  }

  get notes(): ReadingNotes {
    return {
      misfits: this.#misfits,
      undeclared: this.#undeclared,
      rowsWithUndeclared: this.#rowsWithUndeclared,
      keyMisfit: this.#keyMisfit,
    };
  }

  read(record: IncomingRecord, line: string | undefined): void {
    const row = this.#rows;
    this.#line.hold(line);
    this.#airbyte.put(row, record);
    const hasUndeclared = this.#readMembers(row, record.data);
    this.#rows++;
    if (hasUndeclared) this.#rowsWithUndeclared++;
    if (hasUndeclared || this.#changes.length > 0) this.#tellOf(row, record);
  }

  take(): CollectedRows {
    const rows = this.#rows;
    this.#rows = 0;
    const columns = new Map<string, ColumnData>();
    const airbyte = this.#airbyte.take(rows);
    for (const column of this.#airbyteColumns) {
      const values = airbyte.get(column.name);
      if (values !== undefined)
        columns.set(column.name, {column, valid: undefined, values});
    }
    const nanos = [...this.#nanos.values()].filter(({isEmpty}) => !isEmpty);
    for (const builder of [...this.#builders, ...nanos]) {
      columns.set(builder.column.name.toLowerCase(), builder.take(rows));
    }
    const rescued = this.#rescued.isEmpty ? [] : [RESCUED];
    if (rescued.length > 0) columns.set(RESCUED.name, this.#rescued.take(rows));
    const key = nanos.map(({column}) => column);
    return {rows, columns, extras: {rescued, key}};
  }

  /** The loop over every value: it makes no object. Says if there was an unknown member. */
  #readMembers(row: number, data: IncomingRecord['data']): boolean {
    let hasUndeclared = false;
    let previous = this.#first;
    for (const member in data) {
      const value = data[member];
      if (value === null || value === undefined) continue;
      const target = this.#targetAfter(previous, member);
      if (target === undefined) {
        this.#keepUndeclared(member, value);
        hasUndeclared = true;
        continue;
      }
      const misfit = target.builder?.put(row, value);
      if (misfit !== undefined) this.#keepMisfit(target, value, misfit);
      previous = target;
    }
    return hasUndeclared;
  }

  #targetAfter(previous: Target, member: string): Target | undefined {
    const expected = previous.next;
    if (expected?.member === member) return expected;
    const target = this.#targets.get(member);
    if (target !== undefined) previous.next = target;
    return target;
  }

  #keepUndeclared(member: string, value: Present): void {
    if (this.#undeclared.size < MOST_NAMED) this.#undeclared.add(member);
    this.#rescued.keep(member, value);
  }

  #keepMisfit({member, isKey}: Target, value: Present, misfit: Misfit): void {
    this.#misfits.set(member, (this.#misfits.get(member) ?? 0) + 1);
    this.#changes.push(changeEntry(member, misfit));
    if (isKey) this.#keyMisfit ??= member;
    if (misfit !== TOO_LONG) this.#rescued.keep(member, value);
  }

  #tellOf(row: number, record: IncomingRecord): void {
    const misfit = this.#rescued.put(row);
    if (misfit !== undefined) this.#changes.push(changeEntry(RESCUED.name, misfit));
    this.#airbyte.putChanges(row, record, this.#changes);
    this.#changes.length = 0;
  }
}

function isTime(type: Column['type']): boolean {
  return type === 'timestamp' || type === 'timestamp_ntz';
}

function targetsOf(
  builders: readonly ColumnBuilder[],
  key: readonly string[],
): ReadonlyMap<string, Target> {
  const keys = new Set(key);
  const targets = builders.map((builder): Target => {
    const {member, column} = builder;
    return {member, builder, isKey: keys.has(column.name), next: undefined};
  });
  const dropped = [...AIRBYTE_MEMBERS].map((member): Target => ({
    member,
    builder: undefined,
    isKey: false,
    next: undefined,
  }));
  return new Map([...dropped, ...targets].map((target) => [target.member, target]));
}
