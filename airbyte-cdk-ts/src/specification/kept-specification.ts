import {readFileSync} from 'node:fs';

import type {SchemaNode} from './schema-node';

/**
 * A connection specification from the file that keeps it: told without loading the
 * settings it was derived from. Whoever keeps one holds it equal to them by a test.
 */
export function keptSpecification(path: string): SchemaNode {
  return JSON.parse(readFileSync(path, 'utf8')) as SchemaNode;
}
