import {createHash} from 'node:crypto';

import {Stage} from '../src/behaviours/stage';
import type {StreamStory} from '../src/behaviours/stream-story';

let stage: Stage;
let others: readonly string[] = [];

beforeAll(() => (stage = new Stage('names')));
afterAll(() => stage.close(...others));

const TEXT = {type: ['null', 'string']};
const LONG = 'x'.repeat(300);

/** The mark of a name that another has taken, or that was cut. */
const mark = (name: string): string =>
  createHash('sha256').update(name).digest('hex').slice(0, 8);

/** Members as sources have them, and the columns they get. */
const COLUMNS: readonly (readonly [member: string, column: string])[] = [
  ['plain_Name2', 'plain_Name2'],
  ['with space', 'with_space'],
  ['Größe (mm²)', 'Gro_e__mm2_'],
  ['Débit', 'Debit'],
  ['a_b', 'a_b'],
  ['a.b', `a_b_${mark('a.b')}`],
  ['a-b', `a_b_${mark('a-b')}`],
  ['CASE', 'CASE'],
  ['Case', `Case_${mark('Case')}`],
  ['case', `case_${mark('case')}`],
  ['_1st', '_1st'],
  ['1st', `_1st_${mark('1st')}`],
  ['', '_'],
  ['🧪', `__${mark('🧪')}`],
  ['流量', '__'],
  ['tick`quote"\'', 'tick_quote__'],
  ['comma,semi;colon', 'comma_semi_colon'],
  ['per%cent%25', 'per_cent_25'],
  ['new\nline', 'new_line'],
  ['back\\slash', 'back_slash'],
  ['nul\0', 'nul_'],
  ['select', 'select'],
  ['Table', 'Table'],
  ['true', 'true'],
  ['_rescued_data', `_rescued_data_${mark('_rescued_data')}`],
  ['_AIRBYTE_META', `_AIRBYTE_META_${mark('_AIRBYTE_META')}`],
  ['_metadata', '_metadata'],
  ['_change_type', '_change_type'],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  [LONG, `${'x'.repeat(246)}_${mark(LONG)}`],
  [`${LONG}y`, `${'x'.repeat(246)}_${mark(`${LONG}y`)}`],
];

const membersOf = (pairs: typeof COLUMNS): readonly string[] =>
  pairs.map(([member]) => member);

/** A stream whose every member holds its own name and how often it was sent. */
function spelled(members: readonly string[], times: number): StreamStory {
  const entries = (value: (member: string) => unknown): string =>
    members
      .map((member) => `${JSON.stringify(member)}:${JSON.stringify(value(member))}`)
      .join();
  return {
    name: 'odd',
    properties: JSON.parse(`{${entries(() => TEXT)}}`) as Record<string, unknown>,
    batches: [[`{${entries((member) => `${member} ${times}`)}}`]],
  };
}

describe('A member', () => {
  it('whatever its name is, gets a column of its own', async () => {
    await stage.sync(spelled(membersOf(COLUMNS), 1));

    const [row] = await stage.rows(
      'odd',
      COLUMNS.map(([, column]) => column),
    );
    expect(row).toEqual(COLUMNS.map(([member]) => `${member} 1`));
    expect(await stage.layout('odd')).toHaveLength(COLUMNS.length);
  });

  it('keeps its column when the order changes and others come that want it', async () => {
    const newcomers = [
      ['a b', `a_b_${mark('a b')}`],
      ['cASE', `cASE_${mark('cASE')}`],
      ['Select', `Select_${mark('Select')}`],
    ] as const;
    const all = [...COLUMNS, ...newcomers];

    await stage.sync(spelled([...membersOf(all)].reverse(), 2));

    const rows = await stage.rows(
      'odd',
      all.map(([, column]) => column),
    );
    expect(rows).toEqual(
      [1, 2].map((times) =>
        all.map(([member], at) =>
          times === 1 && at >= COLUMNS.length ? null : `${member} ${times}`,
        ),
      ),
    );
  });

  it('of odd name can be key and cursor', async () => {
    const [key, second, cursor] = ['Größe (mm²)', 'select', 'the `cursor`'];
    const story: StreamStory = {
      name: 'odd keys',
      mode: 'append_dedup',
      key: [key, second],
      cursor,
      properties: {
        [cursor]: {type: 'integer'},
        [second]: TEXT,
        [key]: TEXT,
        'o\'ne "more`': TEXT,
      },
    };
    const row = (at: number, note: string): object => {
      return {[key]: 'k', [second]: 's', [cursor]: at, 'o\'ne "more`': note};
    };

    await stage.sync({
      ...story,
      batches: [[row(1, 'old'), row(3, 'newest')], [row(2, 'late')]],
    });

    const columns = ['Gro_e__mm2_', 'select', 'the__cursor_', 'o_ne__more_'];
    expect(await stage.rows('odd_keys', columns)).toEqual([['k', 's', '3', 'newest']]);
  });

  it('named as a column of Airbyte is filled by the destination alone', async () => {
    const _airbyte_extracted_at = 'never';

    await stage.sync({
      name: 'posing',
      properties: {id: {type: 'integer'}, _airbyte_extracted_at: TEXT},
      batches: [[{id: 1, _airbyte_extracted_at, _airbyte_generation_id: 99}]],
    });

    expect(
      await stage.rows('posing', [
        'id',
        '_airbyte_extracted_at',
        '_airbyte_generation_id',
      ]),
    ).toEqual([['1', '2026-01-01T00:00:00.000000Z', '1']]);
    expect(await stage.columns('posing')).toHaveLength(5);
  });

  it('can be one of five hundred', async () => {
    const names = Array.from({length: 500}, (_, at) => `Column ${at}`);

    await stage.sync({
      name: 'wide',
      properties: Object.fromEntries(names.map((name) => [name, TEXT])),
      batches: [[Object.fromEntries(names.map((name) => [name, name]))]],
    });

    const columns = names.map((name) => name.replace(' ', '_'));
    expect(await stage.rows('wide', columns)).toEqual([names]);
  });
});

describe('A stream', () => {
  it('whatever its name is, gets a table of its own', async () => {
    const names: readonly (readonly [stream: string, table: string])[] = [
      ['Event Frames', 'event_frames'],
      ['1st "odd`\'', '_1st__odd__'],
      ['drop table x; --', 'drop_table_x____'],
      ['流量', '__'],
      ['select', 'select'],
      ['a/../b', 'a____b'],
      ['y'.repeat(300), `${'y'.repeat(246)}_${mark('y'.repeat(300))}`],
    ];

    await stage.sync(names.map(([name]) => ({name, batches: [[{id: 1, name}]]})));

    for (const [name, table] of names) {
      expect(await stage.rows(table, ['name'])).toEqual([[name]]);
    }
  });

  it('of the longest name can be refreshed', async () => {
    const name = 'z'.repeat(300);
    const story: StreamStory = {name, mode: 'overwrite', generation: [1, 1]};
    await stage.sync({...story, batches: [[{id: 1}]]});

    await stage.sync({...story, generation: [2, 2], batches: [[{id: 2}]]});

    const table = `${'z'.repeat(246)}_${mark(name)}`;
    expect(await stage.rows(table, ['id'])).toEqual([['2']]);
  });

  it('whose table another stream has gets a table with a marked name, for good', async () => {
    const first = {name: 'Twin-Streams'};
    const second = {name: 'twin streams'};
    await stage.sync([
      {...first, batches: [[{id: 1}]]},
      {...second, batches: [[{id: 2}]]},
    ]);

    await stage.sync([
      {...second, batches: [[{id: 4}]]},
      {...first, batches: [[{id: 3}]]},
    ]);

    const tables = (await stage.tables()).filter((name) => name.startsWith('twin'));
    const contents = await Promise.all(
      tables.map((table) => stage.rows(table, ['id'])),
    );
    expect(tables[0]).toBe('twin_streams');
    expect([
      `twin_streams_${mark(first.name)}`,
      `twin_streams_${mark(second.name)}`,
    ]).toContain(tables[1]);
    expect(contents.map((rows) => rows.flat()).sort()).toEqual([
      ['1', '3'],
      ['2', '4'],
    ]);
  });

  it('goes to the schema of its namespace', async () => {
    const spaces = ['Nörd', 'süd'].map((name) => `${stage.schema} ${name}`);
    others = ['nord', 'sud'].map((name) => `${stage.schema}_${name}`);

    await stage.sync([
      {name: 'spaced', batches: [[{id: 0}]]},
      ...spaces.map((namespace, at) => ({
        name: 'spaced',
        namespace,
        batches: [[{id: at + 1}]],
      })),
    ]);

    const schemas = [stage.schema, ...others];
    const found = await Promise.all(
      schemas.map((schema) => stage.rows('spaced', ['id'], schema)),
    );
    expect(found).toEqual([[['0']], [['1']], [['2']]]);
  });
});
