import type {RunEnd} from '../src/behaviours/destination-run';
import {Stage} from '../src/behaviours/stage';
import {
  recordLine,
  stateLine,
  statusLine,
  type StreamStory,
} from '../src/behaviours/stream-story';

let stage: Stage;

beforeAll(() => (stage = new Stage('refresh')));
afterAll(() => stage.close());

type Mode = NonNullable<StreamStory['mode']>;

/** All rows by a new generation, and the rows of a key by a newer one. */
const MODES: readonly Mode[] = ['overwrite', 'append_dedup'];
const ALL_MODES: readonly Mode[] = ['append', ...MODES];
const ids = (...numbers: readonly number[]): object[] => numbers.map((id) => ({id}));
const rowsOf = async (table: string): Promise<readonly (string | null)[]> =>
  (await stage.rows(table, ['id'])).map(([id]) => id ?? null);

/** The same stream in each of the modes, as a table each. */
function inEachMode(
  name: string,
  {modes = MODES, ...story}: Partial<StreamStory> & {readonly modes?: readonly Mode[]},
): readonly StreamStory[] {
  return modes.map((mode) => ({
    ...story,
    mode,
    name: `${name}_${mode}`,
    key: mode === 'append_dedup' ? ['id'] : [],
  }));
}

async function rowsInEachMode(name: string, modes = MODES): Promise<unknown> {
  const rows: Record<string, unknown> = {};
  for (const mode of modes) rows[mode] = await rowsOf(`${name}_${mode}`);
  return rows;
}

const everyMode = (rows: readonly string[], modes = MODES): unknown =>
  Object.fromEntries(modes.map((mode) => [mode, rows]));

describe('A refresh', () => {
  it('shows the old rows until the stream is complete, and then the new ones', async () => {
    const old = inEachMode('swap', {generation: [1, 0], batches: [ids(1, 2)]});
    const fresh = inEachMode('swap', {generation: [2, 2]});
    await stage.sync(old);

    const run = stage.start(fresh);
    for (const story of fresh) {
      await run.feed([
        recordLine(story, {id: 3}),
        stateLine(story, {batch: 0, records: 1}),
      ]);
    }
    await run.echoes(MODES.length);
    const meanwhile = await rowsInEachMode('swap');
    await run.feed(fresh.map((story) => statusLine(story, 'COMPLETE')));
    const end = await run.end();

    expect(end).toMatchObject({exit: 0, faults: [], errors: []});
    expect(meanwhile).toEqual(everyMode(['1', '2']));
    expect(await rowsInEachMode('swap')).toEqual(everyMode(['3']));
    expect(await stage.rows('swap_overwrite', ['_airbyte_generation_id'])).toEqual([
      ['2'],
    ]);
  });

  it('that was interrupted keeps the old rows and goes on with what it had', async () => {
    await stage.sync(inEachMode('half', {batches: [ids(1, 2)]}));

    const first = inEachMode('half', {generation: [2, 2], batches: [ids(3, 4)]});
    const broken = await stage.attempt(
      first.map((story) => ({...story, ending: 'INCOMPLETE' as const})),
    );
    const between = await rowsInEachMode('half');
    await stage.sync(inEachMode('half', {generation: [2, 2], batches: [ids(5)]}));

    expectKept(broken, first.length);
    expect(between).toEqual(everyMode(['1', '2']));
    expect(await rowsInEachMode('half')).toEqual(everyMode(['3', '4', '5']));
    expect(await stage.tables()).toEqual(
      expect.arrayContaining(MODES.map((mode) => `half_${mode}`)),
    );
  });

  it('discards what an interrupted one of another generation left', async () => {
    const story = {name: 'other', mode: 'append', generation: [1, 0]} as const;
    await stage.sync({...story, batches: [ids(1)]});
    await stage.attempt({
      ...story,
      generation: [2, 2],
      batches: [ids(2)],
      ending: 'none',
    });

    await stage.sync({...story, generation: [3, 3], batches: [ids(3)]});

    expect(await rowsOf('other')).toEqual(['3']);
  });

  it('leaves an empty table where the stream has become empty', async () => {
    await stage.sync(inEachMode('emptied', {batches: [ids(1)]}));

    await stage.sync(inEachMode('emptied', {generation: [2, 2]}));

    expect(await rowsInEachMode('emptied')).toEqual(everyMode([]));
  });

  it('keeps columns of earlier generations, and what was said about them', async () => {
    const old = {id: {type: 'integer'}, gone: {type: 'string', description: 'Of old.'}};
    const now = {id: {type: 'integer'}, came: {type: 'boolean'}};
    await stage.sync({name: 'kept', properties: old, batches: [[{id: 1, gone: 'x'}]]});

    await stage.sync({
      name: 'kept',
      properties: now,
      generation: [2, 2],
      batches: [[{id: 2, came: true}]],
    });

    const columns = await stage.columns('kept');
    expect(await stage.layout('kept')).toEqual([
      'id bigint',
      'gone string',
      'came boolean',
    ]);
    expect(columns.find(({name}) => name === 'gone')?.comment).toBe('Of old.');
    expect(await stage.rows('kept', ['id', 'gone', 'came'])).toEqual([
      ['2', null, 'true'],
    ]);
  });

  it('brings columns along that come on the way: for what fits nowhere, for nanoseconds', async () => {
    const story: StreamStory = {
      name: 'on_the_way',
      mode: 'append_dedup',
      key: ['at'],
      properties: {at: {type: 'string', format: 'date-time'}, value: {type: 'integer'}},
    };
    const at = (digits: string): string => `2026-03-01T00:00:00.${digits}Z`;
    await stage.sync({...story, batches: [[{at: at('000000'), value: 0}]]});

    await stage.sync({
      ...story,
      generation: [2, 2],
      batches: [
        [{at: at('000001'), value: 1}],
        [
          {at: at('0000011'), value: 2},
          {at: at('0000012'), value: 'three'},
        ],
        [{at: at('0000012'), value: 4, stray: true}],
      ],
    });

    const columns = ['at', '_nanos_of_at', 'value', '_rescued_data'];
    const stored = at('000001');
    expect(await stage.rows('on_the_way', columns)).toEqual([
      [stored, null, '1', null],
      [stored, '100', '2', null],
      [stored, '200', '4', '{"stray":true}'],
    ]);
  });

  it('leaves nothing of itself beside the tables', async () => {
    expect(await stage.engine.leftovers(stage.schema)).toEqual([]);
  });
});

describe('A generation', () => {
  it('that is new but keeps the old ones is added to them', async () => {
    const modes: readonly Mode[] = ['append', 'append_dedup'];
    const story = (generation: number): readonly StreamStory[] => {
      return inEachMode('added', {
        modes,
        generation: [generation, 0],
        batches: [ids(generation)],
      });
    };

    await stage.sync(story(1));
    await stage.sync(story(2));

    for (const mode of modes) {
      expect(
        await stage.rows(`added_${mode}`, ['id', '_airbyte_generation_id']),
      ).toEqual([
        ['1', '1'],
        ['2', '2'],
      ]);
    }
  });

  it('of a caller that sends 1 and 1 with every write empties no table', async () => {
    const story = (id: number): readonly StreamStory[] =>
      inEachMode('client', {modes: ALL_MODES, generation: [1, 1], batches: [ids(id)]});

    await stage.sync(story(1));
    await stage.sync(story(2));

    expect(await rowsInEachMode('client', ALL_MODES)).toEqual(
      everyMode(['1', '2'], ALL_MODES),
    );
  });

  it('that is counted by nobody is a new one with each overwrite', async () => {
    const modes: readonly Mode[] = ['append', 'overwrite'];
    const story = (id: number): readonly StreamStory[] =>
      inEachMode('uncounted', {modes, generation: 'none', batches: [ids(id)]});

    await stage.sync(story(1));
    await stage.sync(story(2));

    expect(await rowsInEachMode('uncounted', modes)).toEqual({
      append: ['1', '2'],
      overwrite: ['2'],
    });
  });
});

function expectKept(end: RunEnd, streams: number): void {
  expect(end.exit).toBe(1);
  expect(end.states).toHaveLength(streams);
  expect(end.errors.map(({failureType}) => failureType)).toEqual(['transient_error']);
}
