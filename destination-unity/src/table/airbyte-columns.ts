import type {Column} from './table-definition';

export const RAW_ID = '_airbyte_raw_id';
export const EXTRACTED_AT = '_airbyte_extracted_at';
export const META = '_airbyte_meta';
export const GENERATION_ID = '_airbyte_generation_id';

/** The columns every table begins with. */
export const AIRBYTE_COLUMNS: readonly Column[] = [
  {name: RAW_ID, type: 'string', member: undefined},
  {name: EXTRACTED_AT, type: 'timestamp', member: undefined},
  {name: META, type: 'json', member: undefined},
  {name: GENERATION_ID, type: 'bigint', member: undefined},
];

/**
 * Column for what a record held and no other column could take: members the schema does
 * not declare, and values that did not fit their column. A JSON object from member to
 * value. A table gets it with the first such row.
 */
export const RESCUED: Column = {
  name: '_rescued_data',
  type: 'json',
  member: undefined,
};

/** How the names of columns for nanoseconds begin; no member's plain name may. */
export const NANOS_PREFIX = '_nanos_of_';

/**
 * Column beside a timestamp of a key, for the nanoseconds behind its microseconds; NULL
 * stands for none. A table gets it with the first row that has any, and from then on it
 * is part of the key.
 */
export function nanosColumn(timestamp: string): Column {
  const name = `${NANOS_PREFIX}${timestamp}`.slice(0, 255);
  return {name, type: 'bigint', member: undefined};
}

/** Names, in lower case, that no member of a record can have as its column. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set(
  [...AIRBYTE_COLUMNS, RESCUED].map(({name}) => name),
);

/** Whether a column of this name is the destination's own, whatever members are called. */
export function isOwnName(name: string): boolean {
  const lower = name.toLowerCase();
  return RESERVED_NAMES.has(lower) || lower.startsWith(NANOS_PREFIX);
}

/** Members that some callers put into `data` although the destination makes them. */
export const AIRBYTE_MEMBERS: ReadonlySet<string> = new Set(
  AIRBYTE_COLUMNS.map(({name}) => name),
);
