import {EXTRACTED_AT} from './airbyte-columns';
import type {TableDefinition} from './table-definition';

/** Columns that decide between two rows of one key, the most important first. */
export function standing({cursor}: TableDefinition): readonly string[] {
  return cursor === undefined ? [EXTRACTED_AT] : [cursor, EXTRACTED_AT];
}
