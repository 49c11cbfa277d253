import {SqlError} from '../wire/answers/sql-error';

/** Of a statement whose shape is not on the list: whoever sent it has to be told. */
export function unsupported(what: string): SqlError {
  return new SqlError(
    'UNSUPPORTED_BY_STAND_IN',
    `The stand-in of a warehouse does not know this statement: ${what}.`,
    '0A000',
  );
}

export function syntaxError(text: string): SqlError {
  return new SqlError('PARSE_SYNTAX_ERROR', text, '42601');
}

export function tableNotFound(name: string): SqlError {
  return new SqlError(
    'TABLE_OR_VIEW_NOT_FOUND',
    `The table or view ${name} cannot be found. Verify the spelling and correctness of ` +
      'the schema and catalog.',
    '42P01',
  );
}

export function schemaNotFound(name: string): SqlError {
  return new SqlError(
    'SCHEMA_NOT_FOUND',
    `The schema ${name} cannot be found. Verify the spelling and correctness of the ` +
      'schema and catalog.',
    '42704',
  );
}

export function columnExists(name: string): SqlError {
  return new SqlError(
    'FIELD_ALREADY_EXISTS',
    `Cannot add column, because \`${name}\` already exists.`,
    '42710',
  );
}

export function columnNotFound(name: string): SqlError {
  return new SqlError(
    'UNRESOLVED_COLUMN.WITHOUT_SUGGESTION',
    `A column, variable, or function parameter with name \`${name}\` cannot be resolved.`,
    '42703',
  );
}

export function typeChangeRefused(column: string, from: string, to: string): SqlError {
  return new SqlError(
    'DELTA_UNSUPPORTED_ALTER_TABLE_CHANGE_COL_OP',
    `ALTER TABLE CHANGE COLUMN is not supported for changing column ${column} from ` +
      `${from} to ${to}.`,
    '42837',
  );
}

export function copyStillRuns(file: string): SqlError {
  return new SqlError(
    'COPY_INTO_DUPLICATED_FILES_COPY_NOT_ALLOWED',
    `Duplicated files were committed in a concurrent COPY INTO operation. Please try again ` +
      `later. File: ${file}.`,
    '25000',
  );
}

export function concurrentChange(table: string): SqlError {
  return new SqlError(
    'DELTA_CONCURRENT_APPEND.WITHOUT_HINT',
    `Transaction conflict detected. A concurrent operation changed data in table ${table}. ` +
      'Please try the operation again.',
    '2D521',
  );
}

export function nullRefused(text: string): SqlError {
  return new SqlError('DELTA_NOT_NULL_CONSTRAINT_VIOLATED', text, '23502');
}

export function severalSourceRows(): SqlError {
  return new SqlError(
    'DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE',
    'Cannot perform Merge as multiple source rows matched and attempted to modify the ' +
      'same target row in the Delta table in possibly conflicting ways.',
    '21506',
  );
}

export function fileNotFound(path: string): SqlError {
  return new SqlError('PATH_NOT_FOUND', `Path does not exist: dbfs:${path}.`, '42K03');
}
