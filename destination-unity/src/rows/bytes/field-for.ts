import {BooleanBuilder} from '../columns/boolean-column';
import type {ColumnBuilder} from '../columns/column-builder';
import {BigintBuilder, DoubleBuilder} from '../columns/number-columns';
import {StringBuilder} from '../columns/text-columns';
import {TimestampBuilder} from '../columns/time-columns';
import type {Field} from './field';
import {BigintField, BooleanField, DoubleField, TextField, TimeField} from './fields';
import type {LineBytes} from './line-bytes';

export interface FieldSource {
  readonly line: LineBytes;
  /** For a timestamp of a key. */
  readonly nanos: ColumnBuilder | undefined;
}

/** The field for a column; undefined for types whose values are read from parsed lines. */
export function fieldFor(
  column: ColumnBuilder,
  {line, nanos}: FieldSource,
): Field | undefined {
  if (column instanceof DoubleBuilder) return new DoubleField(line, column);
  if (column instanceof StringBuilder) return new TextField(line, column);
  if (column instanceof TimestampBuilder) return new TimeField(line, column, nanos);
  if (column instanceof BooleanBuilder) return new BooleanField(line, column);
  if (column instanceof BigintBuilder) return new BigintField(line, column);
  return undefined;
}
