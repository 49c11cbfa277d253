import {inside} from '../../../run/outcome';
import {error, unless, type Finding} from '../../check';
import {
  complete,
  EMITTED_AT,
  INSTANT,
  record,
  state,
  type Entry,
  type Property,
} from '../conversation';
import type {Row, Storage} from '../storage';
import {at, holds, wentWell, type Rule} from './rule';
import {
  changesOf,
  isSameInstant,
  isSameInteger,
  isSameJson,
  isSameNumber,
  isTold,
  metaOf,
} from './stored-value';

export const VALUE_RULES: readonly Rule[] = [
  {
    id: 'values',
    name: 'values are stored as they came',
    needs: ['append'],
    judge: fittingValues,
  },
  {
    id: 'misfits',
    name: 'what a column cannot hold is null and told, and harms nothing else',
    needs: ['append'],
    judge: misfits,
  },
];

/** A value as JSON text, and whether what is stored says the same. */
interface Fitting {
  readonly property: Property;
  readonly text: string;
  readonly isSame: (stored: unknown) => boolean;
}

const TEXT = ' "quotes" \\ `back` \'single\' \n\t\u0000\u0001 ü é \u{1F600} ';
const DIGITS = '12345678901234567890123456789.123456789';
const OBJECT = {a: {b: [1, 'two', null, true]}, 'ü "': {}};

const FITTING: Readonly<Record<string, Fitting>> = {
  text: fitting({type: 'string'}, TEXT, (stored) => stored === TEXT),
  empty: fitting({type: 'string'}, '', (stored) => stored === ''),
  yes: fitting({type: 'boolean'}, true, (stored) => stored === true),
  no: fitting({type: 'boolean'}, false, (stored) => stored === false),
  zero: fitting({type: 'integer'}, 0, (stored) => isSameInteger(stored, '0')),
  greatest: integer('9223372036854775807'),
  least: integer('-9223372036854775808'),
  tenth: fitting({type: 'number'}, 0.1, (stored) => isSameNumber(stored, '0.1')),
  digits: {
    ...{property: {type: 'number'}, text: DIGITS},
    isSame: (stored) => isSameNumber(stored, DIGITS),
  },
  at: instant(INSTANT, '2026-03-01T12:30:15.123456Z'),
  elsewhere: instant(INSTANT, '2026-03-01T12:30:15.123456+05:30'),
  earliest: instant(INSTANT, '0001-01-01T00:00:00Z'),
  latest: instant(INSTANT, '9999-12-31T23:59:59.999999Z'),
  wall: instant(
    {type: 'string', format: 'date-time', airbyte_type: 'timestamp_without_timezone'},
    '2026-03-29T02:30:00',
  ),
  day: fitting({type: 'string', format: 'date'}, '2024-02-29', (stored) =>
    String(stored).startsWith('2024-02-29'),
  ),
  object: fitting({type: 'object'}, OBJECT, (stored) => isSameJson(stored, OBJECT)),
  list: fitting({type: 'array'}, [1, 'x'], (stored) => isSameJson(stored, [1, 'x'])),
};

function fitting(
  property: Property,
  value: unknown,
  isSame: (stored: unknown) => boolean,
): Fitting {
  return {property, text: JSON.stringify(value), isSame};
}

function integer(digits: string): Fitting {
  return {
    ...{property: {type: 'integer'}, text: digits},
    isSame: (stored) => isSameInteger(stored, digits),
  };
}

function instant(property: Property, text: string): Fitting {
  return fitting(property, text, (stored) => isSameInstant(stored, text));
}

/** What the source itself had to change. */
const SOURCE_CHANGE = {
  ...{field: 'text', change: 'TRUNCATED'},
  reason: 'SOURCE_FIELD_SIZE_LIMITATION',
};
const SYNC_ID = 42;
const GENERATION = 3;

/** One row with everything and one with nothing but its id. */
async function fittingValues(storage: Storage): Promise<readonly Finding[]> {
  const members = Object.entries(FITTING);
  const entry: Entry = {
    ...{namespace: storage.namespace(), stream: 'things'},
    ...{generation: [GENERATION, 0], syncId: SYNC_ID},
    properties: Object.fromEntries([
      ['id', {type: 'integer'}],
      ...members.map(([member, {property}]) => [member, property] as const),
    ]),
  };
  const texts = members.map(([member, {text}]) => `,"${member}":${text}`);
  const data = `{"id":1${texts.join('')}}`;
  const sync = await storage.sync({
    entries: [entry],
    lines: [
      record(entry, data, {meta: {changes: [SOURCE_CHANGE]}}),
      ...[record(entry, {id: 2}), state(entry, {n: 1}, 2), complete(entry)],
    ],
  });
  const rows = await storage.rows(entry);
  const [full, bare] = ['1', '2'].map((id) =>
    rows.find((row) => String(row['id']) === id),
  );
  return [
    ...wentWell(sync),
    ...holds(rows, 'id', [1, 2]),
    ...(full ? members.flatMap(([member, each]) => compared(full, member, each)) : []),
    ...(bare ? nulls(bare) : []),
    ...airbyteColumns(rows),
    ...(full ? sourceChanges(full) : []),
  ];
}

function compared(
  row: Row,
  member: string,
  {text, isSame}: Fitting,
): readonly Finding[] {
  const said = JSON.stringify(row[member] ?? null).slice(0, 100);
  return [
    ...unless(isSame(row[member]), `${member}: ${text} is stored as ${said}`),
    ...unless(!isTold(row, member), `${member}: a change is told of ${text}`),
  ];
}

function nulls(row: Row): readonly Finding[] {
  return Object.keys(FITTING).flatMap((member) =>
    unless(
      (row[member] ?? null) === null,
      `${member}: a member that was not sent is ${JSON.stringify(row[member])}`,
    ),
  );
}

function airbyteColumns(rows: readonly Row[]): readonly Finding[] {
  const ids = rows.map((row) => row['_airbyte_raw_id']);
  const extracted = new Date(EMITTED_AT).toISOString();
  return [
    ...unless(
      new Set(ids).size === rows.length && ids.every((id) => typeof id === 'string'),
      `_airbyte_raw_id is ${JSON.stringify(ids)}`,
    ),
    ...rows.flatMap((row) => [
      ...unless(
        isSameInstant(row['_airbyte_extracted_at'], extracted),
        `_airbyte_extracted_at is ${String(row['_airbyte_extracted_at'])}, not ${extracted}`,
      ),
      ...unless(
        Number(row['_airbyte_generation_id']) === GENERATION,
        `_airbyte_generation_id is ${String(row['_airbyte_generation_id'])}`,
      ),
      ...unless(
        Number(inside(metaOf(row), 'sync_id')) === SYNC_ID,
        `_airbyte_meta has no sync_id ${SYNC_ID}: ${JSON.stringify(row['_airbyte_meta'])}`,
      ),
    ]),
  ];
}

function sourceChanges(row: Row): readonly Finding[] {
  const told = changesOf(row).some(
    ({field, reason}) =>
      field === SOURCE_CHANGE.field && reason === SOURCE_CHANGE.reason,
  );
  return unless(told, "a change of the source's is not in _airbyte_meta");
}

/** Values, as JSON text, that no column of the type has a place for. */
const MISFITS: Readonly<
  Record<string, {readonly property: Property; readonly texts: readonly string[]}>
> = {
  at: {
    property: INSTANT,
    texts: [
      ...[
        '"99999-12-31T23:59:59Z"',
        '"0000-00-00T00:00:00Z"',
        '"2026-02-30T25:00:00Z"',
      ],
      ...['"-0044-03-15T00:00:00Z"', '"yesterday"', '""', '17', '{"a":1}'],
    ],
  },
  day: {
    property: {type: 'string', format: 'date'},
    texts: ['"2026-13-45"', '"today"'],
  },
  whole: {
    property: {type: 'integer'},
    texts: [
      ...['"many"', '5.5', 'true', '[1]', '9223372036854775808'],
      '12345678901234567890123456789012345678',
    ],
  },
  number: {property: {type: 'number'}, texts: ['"much"', '1e999', '{"a":1}']},
  flag: {property: {type: 'boolean'}, texts: ['"perhaps"', '7']},
};

interface Misfit {
  readonly id: number;
  readonly member: string;
  readonly text: string;
}

async function misfits(storage: Storage): Promise<readonly Finding[]> {
  const properties = Object.entries(MISFITS).map(
    ([member, {property}]) => [member, property] as const,
  );
  const entry: Entry = {
    ...{namespace: storage.namespace(), stream: 'misfits'},
    properties: {id: {type: 'integer'}, ...Object.fromEntries(properties)},
  };
  const cases = Object.entries(MISFITS).flatMap(([member, {texts}]) =>
    texts.map((text) => ({member, text})),
  );
  const numbered: readonly Misfit[] = cases.map((each, i) => ({id: i + 1, ...each}));
  const sync = await storage.sync({
    entries: [entry],
    lines: [
      ...numbered.map(({id, member, text}) =>
        record(entry, `{"id":${id},"${member}":${text}}`),
      ),
      ...[state(entry, {n: 1}, numbered.length), complete(entry)],
    ],
  });
  const rows = await storage.rows(entry);
  return [
    ...wentWell(sync),
    ...unless(
      rows.length === numbered.length,
      `${rows.length} rows instead of ${numbered.length}`,
    ),
    ...numbered.flatMap((misfit) => misfitFindings(misfit, rows)),
  ];
}

/** A column of text may keep the value; any other says that it could not. */
function misfitFindings(
  {id, member, text}: Misfit,
  rows: readonly Row[],
): readonly Finding[] {
  const row = rows.find((each) => String(each['id']) === String(id));
  if (row === undefined) return [error(`the row with ${member} ${text} is lost`)];
  const stored = row[member] ?? null;
  if (stored === null || isTold(row, member)) {
    return at(
      `${member} ${text}`,
      unless(isTold(row, member), 'no entry of _airbyte_meta.changes tells of it'),
    );
  }
  return unless(
    isNumber(text) ? isSameInteger(stored, text) : isSameJson(stored, JSON.parse(text)),
    `${member} ${text} is stored as ${JSON.stringify(stored)}, and nothing tells of it`,
  );
}

function isNumber(text: string): boolean {
  return /^-?\d/.test(text);
}
