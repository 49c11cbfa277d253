import {
  TBoolColumn,
  TColumn,
  TColumnDesc,
  TDoubleColumn,
  TFetchResultsResp,
  TGetResultSetMetadataResp,
  TI32Column,
  TI64Column,
  TPrimitiveTypeEntry,
  TRowSet,
  TSparkRowSetType,
  TStringColumn,
  TTableSchema,
  TTypeDesc,
  TTypeEntry,
  TTypeId,
} from '@databricks/sql/thrift/TCLIService_types';

import {int64} from '../thrift/int64';
import {success} from '../thrift/status';
import type {Answer, AnswerColumn, AnswerType, Cell} from './answer';

const TYPE_IDS: Readonly<Record<AnswerType, TTypeId>> = {
  bigint: TTypeId.BIGINT_TYPE,
  int: TTypeId.INT_TYPE,
  double: TTypeId.DOUBLE_TYPE,
  boolean: TTypeId.BOOLEAN_TYPE,
  string: TTypeId.STRING_TYPE,
  timestamp: TTypeId.TIMESTAMP_TYPE,
  date: TTypeId.DATE_TYPE,
  decimal: TTypeId.DECIMAL_TYPE,
  map: TTypeId.MAP_TYPE,
  array: TTypeId.ARRAY_TYPE,
  struct: TTypeId.STRUCT_TYPE,
};

/** The columns of an answer. Columns count from 1: the driver loses a column 0. */
export function answerMetadata(answer: Answer): TGetResultSetMetadataResp {
  return new TGetResultSetMetadataResp({
    status: success(),
    resultFormat: TSparkRowSetType.COLUMN_BASED_SET,
    isStagingOperation: answer.isStaging ?? false,
    lz4Compressed: false,
    schema: new TTableSchema({columns: answer.columns.map(describe)}),
  });
}

/** The rows `[from, from + maxRows)` of an answer, column by column. */
export function answerPage(
  {columns, rows}: Answer,
  from: number,
  maxRows: number,
): TFetchResultsResp {
  const page = rows.slice(from, from + maxRows);
  return new TFetchResultsResp({
    status: success(),
    hasMoreRows: from + page.length < rows.length,
    results: new TRowSet({
      startRowOffset: int64(from),
      rows: [],
      columns: columns.map(({type}, at) => encodeColumn(type, cellsOf(page, at))),
    }),
  });
}

function describe({name, type}: AnswerColumn, at: number): TColumnDesc {
  const primitiveEntry = new TPrimitiveTypeEntry({type: TYPE_IDS[type]});
  return new TColumnDesc({
    columnName: name,
    position: at + 1,
    typeDesc: new TTypeDesc({types: [new TTypeEntry({primitiveEntry})]}),
  });
}

function cellsOf(page: Answer['rows'], at: number): Cell[] {
  return page.map((row) => row[at] ?? null);
}

type Encoder = (nulls: Buffer, cells: readonly Cell[]) => TColumn;

function asText(nulls: Buffer, cells: readonly Cell[]): TColumn {
  const values = cells.map((cell) => String(cell ?? ''));
  return new TColumn({stringVal: new TStringColumn({nulls, values})});
}

const ENCODERS: Readonly<Partial<Record<AnswerType, Encoder>>> = {
  bigint: (nulls, cells) => {
    const values = cells.map((cell) => int64(BigInt(cell ?? 0)));
    return new TColumn({i64Val: new TI64Column({nulls, values})});
  },
  int: (nulls, cells) =>
    new TColumn({i32Val: new TI32Column({nulls, values: cells.map(Number)})}),
  double: (nulls, cells) =>
    new TColumn({doubleVal: new TDoubleColumn({nulls, values: cells.map(Number)})}),
  boolean: (nulls, cells) =>
    new TColumn({boolVal: new TBoolColumn({nulls, values: cells.map(Boolean)})}),
};

function encodeColumn(type: AnswerType, cells: readonly Cell[]): TColumn {
  return (ENCODERS[type] ?? asText)(nullBits(cells), cells);
}

/** One bit a row, the lowest bit of a byte first; set where there is no value. */
function nullBits(cells: readonly Cell[]): Buffer {
  const bits = Buffer.alloc(Math.ceil(cells.length / 8));
  cells.forEach((cell, at) => {
    if (cell === null) bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
  });
  return bits;
}
