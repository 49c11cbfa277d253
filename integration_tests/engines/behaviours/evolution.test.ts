import type {Cell, StoredType} from '../src/behaviours/engine';
import {Stage} from '../src/behaviours/stage';
import type {StreamStory} from '../src/behaviours/stream-story';

let stage: Stage;

beforeAll(() => (stage = new Stage('evolution')));
afterAll(() => stage.close());

const WHOLE = {type: ['null', 'integer']};
const TEXT = {type: ['null', 'string']};

/** A type with its schema, a value, and the value as it is stored. */
interface Kind {
  readonly schema: object;
  readonly value: unknown;
  readonly stored: string;
}

const KINDS: Readonly<Record<string, Kind>> = {
  string: {schema: TEXT, value: 'text', stored: 'text'},
  boolean: {schema: {type: ['null', 'boolean']}, value: true, stored: 'true'},
  bigint: {schema: WHOLE, value: 7, stored: '7'},
  double: {schema: {type: ['null', 'number']}, value: 1.5, stored: '1.5'},
  date: {schema: {...TEXT, format: 'date'}, value: '2026-03-01', stored: '2026-03-01'},
  timestamp: {
    schema: {...TEXT, format: 'date-time'},
    value: '2026-03-01T01:00:00+01:00',
    stored: '2026-03-01T00:00:00.000000Z',
  },
  timestamp_ntz: {
    schema: {...TEXT, format: 'date-time', airbyte_type: 'timestamp_without_timezone'},
    value: '2026-03-01T01:02:03',
    stored: '2026-03-01T01:02:03.000000',
  },
  json: {schema: {type: ['null', 'object']}, value: {a: 1}, stored: '{"a":1}'},
};

/** A change of type; `stays`: the old column holds what the new type has. */
type Change = readonly [from: string, to: string, stays: boolean];

const CHANGES: readonly Change[] = [
  ['string', 'boolean', true],
  ['string', 'bigint', true],
  ['string', 'timestamp', true],
  ['string', 'json', true],
  ['json', 'string', true],
  ['json', 'bigint', true],
  ['double', 'bigint', true],
  ['bigint', 'double', false],
  ['bigint', 'string', false],
  ['boolean', 'string', false],
  ['boolean', 'bigint', false],
  ['date', 'timestamp', false],
  ['date', 'timestamp_ntz', false],
  ['date', 'string', false],
  ['timestamp', 'timestamp_ntz', false],
  ['timestamp_ntz', 'timestamp', false],
  ['timestamp', 'date', false],
  ['timestamp', 'string', false],
];

const nameOf = (from: string, to: string): string => `${from}_to_${to}`;
const kindOf = (type: string): Kind =>
  KINDS[type] ?? {schema: {}, value: 0, stored: ''};

/** Types of columns do not tell JSON from text. */
const columnType = (type: string): StoredType =>
  (type === 'json' ? 'string' : type) as StoredType;

/** A stream with a member for every change, before or after it. */
function turned(side: 0 | 1, id: number): StreamStory {
  const entries = CHANGES.map((change) => {
    return [nameOf(change[0], change[1]), kindOf(change[side])] as const;
  });
  const values = entries.map(([name, {value}]) => [name, value] as const);
  return {
    name: 'turned',
    properties: {
      id: {type: 'integer'},
      ...Object.fromEntries(entries.map(([name, {schema}]) => [name, schema])),
    },
    batches: [[{id, ...Object.fromEntries(values)}]],
  };
}

describe('A stream that changes', () => {
  it('gets columns for its new members and keeps those it no longer has', async () => {
    const story = {name: 'grown', mode: 'append_dedup', key: ['id']} as const;
    const id = {type: 'integer'};

    await stage.sync({
      ...story,
      properties: {id, name: TEXT},
      batches: [
        [
          {id: 1, name: 'a'},
          {id: 2, name: 'b'},
        ],
      ],
    });
    await stage.sync({
      ...story,
      properties: {added: WHOLE, id, also: {type: 'object'}},
      batches: [[{id: 2, added: 5, also: {x: 1}}, {id: 3}]],
    });
    await stage.sync({
      ...story,
      properties: {id, name: TEXT},
      batches: [[{id: 4, name: 'd'}]],
    });

    expect(await stage.layout('grown')).toEqual([
      'id bigint',
      'name string',
      'added bigint',
      'also string',
    ]);
    expect(await stage.rows('grown', ['id', 'name', 'added', 'also'])).toEqual([
      ['1', 'a', null, null],
      ['2', null, '5', '{"x":1}'],
      ['3', null, null, null],
      ['4', 'd', null, null],
    ]);
  });

  it('keeps every value when types change and change back', async () => {
    await stage.sync(turned(0, 1));
    await stage.sync(turned(1, 2));
    await stage.sync(turned(0, 3));

    const {widenings} = stage.engine.capabilities;
    const outcomes = CHANGES.map((change) => expected(change, widenings));
    const columns = outcomes.flatMap((outcome) => outcome.columns);
    const layout = await stage.layout('turned');
    const rows = await stage.rows('turned', ['id', ...columns.map(([name]) => name)]);
    expect([...layout].sort()).toEqual(
      ['id bigint', ...columns.map((column) => column.join(' '))].sort(),
    );
    expect(rows).toEqual(
      ['1', '2', '3'].map((id, row) => [
        id,
        ...outcomes.flatMap(({cells}) => cells.map((ofColumn) => ofColumn[row])),
      ]),
    );
  });

  it('gets columns only, where that is asked for: misfits are kept beside them', async () => {
    const settings = {schema_changes: 'add_only'};
    const story = {name: 'add_only'};
    await stage.sync(
      {
        ...story,
        properties: {id: {type: 'integer'}, at: {...TEXT, format: 'date'}},
        batches: [[{id: 1, at: '2026-03-01'}]],
      },
      settings,
    );

    await stage.sync(
      {
        ...story,
        properties: {id: {type: 'integer'}, at: TEXT, more: TEXT},
        batches: [
          [
            {id: 2, at: '2026-03-02', more: 'm'},
            {id: 3, at: 'soon'},
          ],
        ],
      },
      settings,
    );

    expect(await stage.layout('add_only')).toEqual([
      'id bigint',
      'at date',
      'more string',
      '_rescued_data string',
    ]);
    expect(await stage.rows('add_only', ['id', 'at', 'more', '_rescued_data'])).toEqual(
      [
        ['1', '2026-03-01', null, null],
        ['2', '2026-03-02', 'm', null],
        ['3', null, null, '{"at":"soon"}'],
      ],
    );
    expect(await changesOf('add_only', '3')).toEqual([
      {field: 'at', change: 'NULLED', reason: 'DESTINATION_TYPECAST_ERROR'},
    ]);
  });

  it('is refused, where that is asked for, before anything changes', async () => {
    const settings = {schema_changes: 'refuse'};
    const properties = {id: {type: 'integer'}, at: TEXT};
    const story = {name: 'refused'};
    await stage.sync({...story, properties, batches: [[{id: 1}]]}, settings);

    const end = await stage.attempt(
      [
        {
          ...story,
          properties: {...properties, id: TEXT, more: TEXT},
          batches: [[{id: 'two'}]],
        },
        {name: 'unchanged', batches: [[{id: 1}]]},
      ],
      settings,
    );

    expect(end.exit).toBe(1);
    expect(end.states.map(({stream}) => stream)).toEqual(['unchanged']);
    expect(end.errors).toMatchObject([
      {stream: 'refused', failureType: 'config_error'},
    ]);
    expect(end.errors[0]?.message).toMatch(/more/);
    expect(end.errors[0]?.message).toMatch(/id/);
    expect(await stage.layout('refused')).toEqual(['id bigint', 'at string']);
    expect(await stage.rows('refused', ['id', 'at'])).toEqual([['1', null]]);
    await stage.sync(
      {...story, properties: {at: TEXT}, batches: [[{at: 'x'}]]},
      settings,
    );
    expect(await stage.rows('refused', ['id', 'at'])).toEqual([
      [null, 'x'],
      ['1', null],
    ]);
  });

  it('fails where its key changes to a type that its column cannot hold', async () => {
    const story = {name: 'rekeyed', mode: 'append_dedup', key: ['id']} as const;
    await stage.sync({...story, batches: [[{id: 1, name: 'a'}]]});

    const end = await stage.attempt({
      ...story,
      properties: {id: TEXT, name: TEXT},
      batches: [[{id: 'one'}]],
    });

    expect(end.exit).toBe(1);
    expect(end.errors).toMatchObject([
      {stream: 'rekeyed', failureType: 'config_error'},
    ]);
    expect(await stage.rows('rekeyed', ['id', 'name'])).toEqual([['1', 'a']]);
  });

  it('is told by name which of its columns changed', async () => {
    await stage.sync({name: 'told', batches: [[{id: 1}]]});

    const end = await stage.sync({
      name: 'told',
      properties: {id: TEXT, fresh: TEXT},
      batches: [[{id: 'x'}]],
    });

    expect(end.infos.join('\n')).toMatch(/told.*id/s);
    expect(end.infos.join('\n')).toMatch(/told.*fresh/s);
  });

  it('during a refresh changes the table that it replaces, not before the end', async () => {
    const story = {name: 'reformed', mode: 'overwrite'} as const;
    await stage.sync({...story, batches: [[{id: 1, name: 'a'}]]});
    const changed: StreamStory = {
      ...story,
      generation: [2, 2],
      properties: {id: TEXT, fresh: WHOLE},
      batches: [[{id: 'x', fresh: 1}]],
    };

    await stage.attempt({...changed, ending: 'INCOMPLETE'});
    const between = await stage.rows('reformed', ['id', 'name']);
    await stage.sync({...changed, batches: [[{id: 'y', fresh: 2}]]});

    expect(between).toEqual([['1', 'a']]);
    expect(await stage.rows('reformed', ['id_string', 'id', 'name', 'fresh'])).toEqual([
      ['x', null, null, '1'],
      ['y', null, null, '2'],
    ]);
  });
});

interface Outcome {
  readonly columns: readonly (readonly [name: string, type: StoredType])[];
  /** Of each column: before the change, after it, and when it was taken back. */
  readonly cells: readonly (readonly [Cell, Cell, Cell])[];
}

/** What becomes of a member that changed its type and changed it back. */
function expected([from, to, stays]: Change, widenings: ReadonlySet<string>): Outcome {
  const name = nameOf(from, to);
  const [before, after] = [kindOf(from).stored, kindOf(to).stored];
  if (widenings.has(`${from}>${to}`)) {
    const wide = `${before}T00:00:00.000000`;
    return {columns: [[name, columnType(to)]], cells: [[wide, after, wide]]};
  }
  const old = [name, columnType(from)] as const;
  if (stays) return {columns: [old], cells: [[before, inColumnOf(from, to), before]]};
  return {
    columns: [old, [`${name}_${to}`, columnType(to)]],
    cells: [
      [before, null, before],
      [null, after, null],
    ],
  };
}

/** What a value of the new type is in a column of the old one, which holds it. */
function inColumnOf(from: string, to: string): Cell {
  const {value, stored} = kindOf(to);
  if (from === 'double') return stored;
  if (from === 'string')
    return typeof value === 'string' ? value : JSON.stringify(value);
  return to === 'string' ? stored : JSON.stringify(value);
}

async function changesOf(table: string, id: string): Promise<unknown> {
  const rows = await stage.rows(table, ['id', '_airbyte_meta']);
  const meta = rows.find((row) => row[0] === id)?.[1];
  return (JSON.parse(meta ?? '{}') as {changes?: unknown}).changes;
}
