import {BooleanBuilder} from './boolean-column';
import type {BuilderContext, ColumnBuilder} from './column-builder';
import {BigintBuilder, DecimalBuilder, DoubleBuilder} from './number-columns';
import {JsonBuilder, StringBuilder} from './text-columns';
import {DateBuilder, TimestampBuilder} from './time-columns';

const BUILDERS = {
  string: StringBuilder,
  json: JsonBuilder,
  boolean: BooleanBuilder,
  bigint: BigintBuilder,
  double: DoubleBuilder,
  decimal: DecimalBuilder,
  date: DateBuilder,
  timestamp: TimestampBuilder,
  timestamp_ntz: TimestampBuilder,
} as const;

/** The builder for the type of the column. */
export function builderFor(context: BuilderContext): ColumnBuilder {
  return new BUILDERS[context.column.type](context);
}
