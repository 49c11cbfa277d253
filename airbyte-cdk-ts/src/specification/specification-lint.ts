import type {SchemaNode} from './schema-node';

/** Placeholder: see below. */
export function lintSpecification(specification: SchemaNode): readonly string[] {
  return Object.keys(specification).length === 0 ? ['it is empty'] : [];
}
