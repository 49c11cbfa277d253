import type {Cell} from '../src/behaviours/engine';
import {Stage} from '../src/behaviours/stage';
import {
  DECIMAL_CASES,
  EVERY_COLUMN,
  EVERY_TYPE,
  TYPE_CASES,
  type TypeCase,
} from './type-cases';

const MEMBERS = Object.keys(EVERY_TYPE).filter((member) => member !== 'id');
const RESCUED = '_rescued_data';

let stage: Stage;
let rows: ReadonlyMap<string, Row>;

/** Cells by column. */
type Row = Readonly<Record<string, Cell>>;

beforeAll(async () => {
  stage = new Stage('types');
  await stage.sync({
    name: 'every',
    properties: EVERY_TYPE,
    batches: [sentOf(TYPE_CASES)],
  });
  rows = await rowsById('every', [...MEMBERS, RESCUED]);
});
afterAll(() => stage.close());

describe('A value', () => {
  it('gets a column of the type that its schema names', async () => {
    const layout = await stage.layout('every');

    expect(layout.filter((column) => !column.startsWith(RESCUED))).toEqual(
      EVERY_COLUMN,
    );
  });

  it.each(MEMBERS)(
    'of the kind "%s" is stored exactly or named as changed',
    (member) => {
      const cases = TYPE_CASES.map((each, id) => ({...each, id})).filter(
        (each) => each.member === member,
      );

      const found = cases.map(({json, id}) => ({json, ...foundOf(id, member)}));

      expect(found).toEqual(cases.map((each) => ({json: each.json, ...wanted(each)})));
    },
  );

  it('touches no other column of its row', () => {
    const strays = TYPE_CASES.flatMap(({member}, id) => {
      const row = rows.get(String(id)) ?? {};
      return MEMBERS.filter((other) => other !== member && row[other] !== null);
    });

    expect(rows.size).toBe(TYPE_CASES.length);
    expect(strays).toEqual([]);
  });

  it('keeps all its digits where numbers are decimals', async () => {
    await stage.sync(
      {
        name: 'decimals',
        properties: {id: EVERY_TYPE.id, number: EVERY_TYPE.number},
        batches: [sentOf(DECIMAL_CASES)],
      },
      {number_type: 'decimal'},
    );

    rows = await rowsById('decimals', ['number', RESCUED]);

    expect(await stage.layout('decimals')).toContain('number decimal');
    expect(
      DECIMAL_CASES.map(({json}, id) => ({json, ...foundOf(id, 'number')})),
    ).toEqual(DECIMAL_CASES.map((each) => ({json: each.json, ...wanted(each)})));
  });
});

describe('A text', () => {
  it('is stored whole up to 16 MiB, and beyond that not at all, which is told', async () => {
    const longest = 'ä'.repeat(8 * 1024 * 1024);
    const longer = `${longest}!`;

    await stage.sync({
      name: 'long',
      properties: {id: {type: 'integer'}, text: {type: 'string'}},
      batches: [
        [
          {id: 1, text: longest},
          {id: 2, text: longer},
        ],
      ],
    });

    const [first, second] = await stage.rows('long', ['id', 'text', '_airbyte_meta']);
    expect(first?.[1] === longest).toBe(true);
    expect(second?.[1]).toBeNull();
    expect(changesIn(second?.[2])).toEqual([
      {
        field: 'text',
        change: 'NULLED',
        reason: 'DESTINATION_FIELD_SIZE_LIMITATION',
      },
    ]);
  });
});

describe('A member that the schema does not declare', () => {
  it('is kept beside the columns, as it was sent', async () => {
    await stage.sync({
      name: 'undeclared',
      properties: {id: {type: 'integer'}},
      batches: [[{id: 1}, '{"id":2,"new":{"n":1.10},"Id":3}', {id: 4, gone: null}]],
    });

    expect(await stage.rows('undeclared', ['id', RESCUED])).toEqual([
      ['1', null],
      ['2', '{"new":{"n":1.10},"Id":3}'],
      ['4', null],
    ]);
  });
});

function sentOf(cases: readonly TypeCase[]): readonly string[] {
  return cases.map(({member, json}, id) => `{"id":${id},"${member}":${json}}`);
}

async function rowsById(
  table: string,
  columns: readonly string[],
): Promise<ReadonlyMap<string, Row>> {
  const read = await stage.rows(table, ['id', '_airbyte_meta', ...columns]);
  return new Map(
    read.map(([id, meta, ...cells]) => [
      id ?? '',
      {
        meta: meta ?? null,
        ...Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? null])),
      },
    ]),
  );
}

interface Outcome {
  readonly stored: Cell | undefined;
  readonly changes: unknown;
  readonly rescued: Cell | undefined;
}

/** What is in the table of a case. */
function foundOf(id: number, member: string): Outcome {
  const row = rows.get(String(id));
  return {
    stored: row?.[member],
    changes: changesIn(row?.['meta']),
    rescued: row?.[RESCUED],
  };
}

/** What the table must hold of a case: what was changed is whole in the rescued data. */
function wanted({member, json, stored, change}: TypeCase): Outcome {
  if (change === undefined) return {stored, changes: [], rescued: null};
  const reason = json.includes('\\ud')
    ? 'DESTINATION_SERIALIZATION_ERROR'
    : 'DESTINATION_TYPECAST_ERROR';
  return {
    stored,
    changes: [{field: member, change, reason}],
    rescued: `{"${member}":${json}}`,
  };
}

function changesIn(meta: Cell | undefined): unknown {
  return (JSON.parse(meta ?? '{}') as {changes?: unknown}).changes;
}
