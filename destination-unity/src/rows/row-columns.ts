import {AIRBYTE_MEMBERS, nanosColumn, RESCUED} from '../table/airbyte-columns';
import type {Column} from '../table/table-definition';
import {AirbyteValues, type RowConstants} from './airbyte-values';
import type {ColumnData} from './column-batch';
import {builderFor} from './columns/builder-for';
import type {ColumnBuilder} from './columns/column-builder';
import {LineText} from './line-text';
import {RescuedValues} from './rescued-values';
import type {CollectedRows} from './row-reader';

export interface RowColumnsOptions {
  readonly columns: readonly Column[];
  /** Names of the columns whose values must fit, because rows are told apart by them. */
  readonly key: readonly string[];
  readonly constants: RowConstants;
}

/** The columns of a stream while rows are collected in them, whoever reads the rows. */
export class RowColumns {
  /** Rows that are whole. */
  rows = 0;
  /** The line whose record is put at present. */
  readonly line = new LineText();
  readonly airbyte: AirbyteValues;
  readonly rescued: RescuedValues;
  /** One for each column that is filled from a member. */
  readonly builders: readonly ColumnBuilder[];
  /** By key column: what its microseconds cannot hold. */
  readonly nanos: ReadonlyMap<string, ColumnBuilder>;
  readonly #meter = {bytes: 0};
  readonly #airbyteColumns: readonly Column[];

  constructor({columns, key, constants}: RowColumnsOptions) {
    this.airbyte = new AirbyteValues(constants, this.#meter);
    this.#airbyteColumns = columns.filter(({name}) => AIRBYTE_MEMBERS.has(name));
    this.rescued = new RescuedValues(this.line, this.#meter);
    const context = {exact: this.line, meter: this.#meter};
    const keyTimes = columns.filter(
      ({name, type}) => key.includes(name) && isTime(type),
    );
    this.nanos = new Map(
      keyTimes.map(({name}) => {
        return [name, builderFor({...context, column: nanosColumn(name), member: ''})];
      }),
    );
    this.builders = columns.flatMap((column) => {
      const {name, member} = column;
      if (member === undefined) return [];
      return builderFor({...context, column, member, nanos: this.nanos.get(name)});
    });
  }

  /** Bytes the buffers take; texts are not in it. */
  get bytes(): number {
    return this.#meter.bytes;
  }

  /** Gives the rows away and begins anew. */
  take(): CollectedRows {
    const rows = this.rows;
    this.rows = 0;
    const columns = new Map<string, ColumnData>();
    const airbyte = this.airbyte.take(rows);
    for (const column of this.#airbyteColumns) {
      const values = airbyte.get(column.name);
      if (values !== undefined)
        columns.set(column.name, {column, valid: undefined, values});
    }
    const nanos = [...this.nanos.values()].filter(({isEmpty}) => !isEmpty);
    for (const builder of [...this.builders, ...nanos]) {
      columns.set(builder.column.name.toLowerCase(), builder.take(rows));
    }
    const rescued = this.rescued.isEmpty ? [] : [RESCUED];
    if (rescued.length > 0) columns.set(RESCUED.name, this.rescued.take(rows));
    const key = nanos.map(({column}) => column);
    return {rows, columns, extras: {rescued, key}};
  }
}

function isTime(type: Column['type']): boolean {
  return type === 'timestamp' || type === 'timestamp_ntz';
}
