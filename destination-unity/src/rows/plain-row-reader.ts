import type {IncomingRecord} from 'airbyte-cdk-ts';

import {AIRBYTE_MEMBERS, RESCUED} from '../table/airbyte-columns';
import type {ColumnBuilder, Present} from './columns/column-builder';
import {changeEntry, TOO_LONG, type Misfit} from './misfit';
import type {RowColumns} from './row-columns';
import type {CollectedRows, ReadingNotes, RowReader} from './row-reader';

/** Undeclared members named in the log; more are only counted. */
const MOST_NAMED = 20;

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

  /** @param key Names of the columns whose values must fit. */
  constructor(
    private readonly columns: RowColumns,
    key: readonly string[],
  ) {
    this.#targets = targetsOf(columns.builders, key);
  }

  get rows(): number {
    return this.columns.rows;
  }

  get bytes(): number {
    return this.columns.bytes;
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
    const {columns} = this;
    const row = columns.rows;
    columns.line.hold(line);
    columns.airbyte.put(row, record);
    const hasUndeclared = this.#readMembers(row, record.data);
    columns.rows++;
    if (hasUndeclared) this.#rowsWithUndeclared++;
    if (hasUndeclared || this.#changes.length > 0) this.#tellOf(row, record);
  }

  take(): CollectedRows {
    return this.columns.take();
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
    this.columns.rescued.keep(member, value);
  }

  #keepMisfit({member, isKey}: Target, value: Present, misfit: Misfit): void {
    this.#misfits.set(member, (this.#misfits.get(member) ?? 0) + 1);
    this.#changes.push(changeEntry(member, misfit));
    if (isKey) this.#keyMisfit ??= member;
    if (misfit !== TOO_LONG) this.columns.rescued.keep(member, value);
  }

  #tellOf(row: number, record: IncomingRecord): void {
    const misfit = this.columns.rescued.put(row);
    if (misfit !== undefined) this.#changes.push(changeEntry(RESCUED.name, misfit));
    this.columns.airbyte.putChanges(row, record, this.#changes);
    this.#changes.length = 0;
  }
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
