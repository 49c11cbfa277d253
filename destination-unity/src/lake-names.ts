import type {UnityConfig} from './config';
import {plainObjectName} from './table/names';

/** Catalog and default schema as they stand in the lake. */
export interface LakeNames {
  readonly catalog: string;
  readonly schema: string;
}

/**
 * The names that a configuration means. Those of folders are made plain; in a workspace
 * the objects may be there already, under names with hyphens or blanks.
 */
export function lakeNames({engine, catalog, schema}: UnityConfig): LakeNames {
  const nameOf =
    engine.type === 'local'
      ? plainObjectName
      : (name: string): string => name.toLowerCase();
  return {catalog: nameOf(catalog), schema: nameOf(schema)};
}
