import {type Answer, NO_RESULT} from '../wire/answers/answer';
import {ALTER_SHAPES} from './alter-shapes';
import {DESCRIBE_SHAPES} from './describe-shapes';
import {LOAD_SHAPES} from './load-shapes';
import {unsupported} from './refusals';
import {SqlReader} from './sql-reader';
import type {Shape, StandInParts} from './statement';
import {TABLE_SHAPES} from './table-shapes';

const OPTIMIZE: Shape = {
  phrase: 'OPTIMIZE',
  run: (reader, {tables}) => {
    tables.get(reader.names());
    reader.end();
    return NO_RESULT;
  },
};

/** Every statement the stand-in knows, those about volumes aside. */
const SHAPES: readonly Shape[] = [
  ...TABLE_SHAPES,
  ...DESCRIBE_SHAPES,
  ...ALTER_SHAPES,
  ...LOAD_SHAPES,
  OPTIMIZE,
];

/** Runs a statement that is on the list, and refuses every other. */
export async function runStatement(sql: string, parts: StandInParts): Promise<Answer> {
  const reader = new SqlReader(sql);
  const shape = SHAPES.find(({phrase}) => reader.takes(phrase));
  if (shape === undefined) throw unsupported(sql);
  return await shape.run(reader, parts);
}
