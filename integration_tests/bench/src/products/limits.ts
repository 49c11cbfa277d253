import {readFileSync} from 'node:fs';
import {join} from 'node:path';

import {ROOT} from './programs';

/** Megabytes (10^6 bytes) of resident set that source-pi may take, whatever it reads. */
export const SOURCE_MEGABYTES = 150;

/** What destination-unity may take besides the rows that it is allowed to hold. */
const BESIDES_ROWS_MEGABYTES = 150;
const MEBIBYTE = 1024 * 1024;

interface Specification {
  readonly properties: {
    readonly flush: {
      readonly properties: {readonly memory_megabytes: {readonly default: number}};
    };
  };
}

/** Megabytes that destination-unity may take: its cap as shipped, and what is fixed. */
export function destinationMegabytes(): number {
  const path = join(ROOT, 'spec/destination-unity/connection-specification.json');
  const {properties} = JSON.parse(readFileSync(path, 'utf8')) as Specification;
  const cap = properties.flush.properties.memory_megabytes.default;
  return (cap * MEBIBYTE) / 1e6 + BESIDES_ROWS_MEGABYTES;
}
