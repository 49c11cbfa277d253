import {Stage} from '../src/behaviours/stage';
import {recordLine, stateLine, statusLine} from '../src/behaviours/stream-story';

let stage: Stage;

beforeAll(() => (stage = new Stage('endings')));
afterAll(() => stage.close());

const ids = (...numbers: readonly number[]): object[] => numbers.map((id) => ({id}));

describe('A sync', () => {
  it('of many streams fills a table for each and gives every state back', async () => {
    const names = Array.from({length: 30}, (_, at) => `many_${at}`);
    const batches = [ids(1, 2, 3)];

    await stage.sync(names.map((name) => ({name, batches})));

    const tables = await stage.tables();
    expect(tables.filter((name) => name.startsWith('many_')).sort()).toEqual(
      [...names].sort(),
    );
    for (const name of [names[0] ?? '', names.at(-1) ?? '']) {
      expect(await stage.rows(name, ['id'])).toEqual([['1'], ['2'], ['3']]);
    }
  });

  it('gives the states of a stream back in order, each with the records since the last', async () => {
    const end = await stage.sync({
      name: 'counted',
      batches: [ids(1, 2, 3), [], ids(4), ids(5, 6)],
    });

    expect(end.states.map(({recordCount}) => recordCount)).toEqual([3, 0, 1, 2]);
  });

  it('of streams without records, and without members, makes their empty tables', async () => {
    await stage.sync([
      {name: 'recordless', batches: [[]]},
      {name: 'stateless'},
      {name: 'memberless', properties: {}, batches: [[{}, {}]]},
      {name: 'nothing', properties: {}},
    ]);

    expect(await stage.layout('recordless')).toEqual(['id bigint', 'name string']);
    expect(await stage.rows('recordless', ['id'])).toEqual([]);
    expect(await stage.rows('stateless', ['id'])).toEqual([]);
    expect(await stage.layout('memberless')).toEqual([]);
    expect(await stage.rows('memberless', ['_airbyte_generation_id'])).toEqual([
      ['1'],
      ['1'],
    ]);
    expect(await stage.rows('nothing', ['_airbyte_raw_id'])).toEqual([]);
  });

  it('keeps what came of streams that did not end well, and fails', async () => {
    const end = await stage.attempt([
      {name: 'well', batches: [ids(1)]},
      {name: 'cut', batches: [ids(1)], ending: 'none'},
      {name: 'failed', batches: [ids(1)], ending: 'INCOMPLETE'},
    ]);

    expect(end.exit).toBe(1);
    expect(end.states).toHaveLength(3);
    expect(end.errors).toHaveLength(1);
    expect(end.errors[0]).toMatchObject({failureType: 'transient_error'});
    expect(end.errors[0]?.message).toMatch(/"cut", "failed"/);
    for (const table of ['well', 'cut', 'failed']) {
      expect(await stage.rows(table, ['id'])).toEqual([['1']]);
    }
  });

  it('stores the other streams where records of a stream come that nobody chose', async () => {
    const chosen = {name: 'chosen'};

    const run = stage.start([chosen]);
    await run.feed([
      recordLine(chosen, {id: 1}),
      recordLine({name: 'stranger'}, {id: 9}),
      stateLine({name: 'stranger'}, {batch: 0, records: 1}),
      stateLine(chosen, {batch: 0, records: 1}),
      statusLine(chosen, 'COMPLETE'),
      statusLine({name: 'stranger'}, 'COMPLETE'),
    ]);
    const end = await run.end();

    expect(end.exit).toBe(1);
    expect(end.states.map(({stream}) => stream)).toEqual(['chosen']);
    expect(end.errors).toMatchObject([
      {stream: 'stranger', failureType: 'config_error'},
    ]);
    expect(await stage.rows('chosen', ['id'])).toEqual([['1']]);
    expect(await stage.tables()).not.toContain('stranger');
  });

  it('stores what it can while one stream fails, and gives only good states back', async () => {
    const keyed = {name: 'bad_key', mode: 'append_dedup', key: ['id']} as const;

    const end = await stage.attempt([
      {...keyed, batches: [[{id: 'no number'}]]},
      {name: 'good_beside', batches: [ids(1)]},
    ]);

    expect(end.exit).toBe(1);
    expect(end.states.map(({stream}) => stream)).toEqual(['good_beside']);
    expect(end.errors).toMatchObject([
      {stream: 'bad_key', failureType: 'config_error'},
    ]);
    expect(await stage.rows('good_beside', ['id'])).toEqual([['1']]);
    expect(await stage.rows('bad_key', ['id'])).toEqual([]);
  });

  it('leaves a state of all streams waiting for every one of them', async () => {
    const streams = [{name: 'one'}, {name: 'two'}];
    const state = {type: 'GLOBAL', global: {shared_state: {lsn: 1}, stream_states: []}};

    const run = stage.start(streams);
    await run.feed([
      ...streams.flatMap((story) => [
        recordLine(story, {id: 1}),
        recordLine(story, {id: 2}),
      ]),
      JSON.stringify({type: 'STATE', state}),
    ]);
    await run.echoes(1);
    const rows = await Promise.all(streams.map(({name}) => stage.rows(name, ['id'])));
    await run.feed(streams.map((story) => statusLine(story, 'COMPLETE')));
    const end = await run.end();

    expect(rows).toEqual([
      [['1'], ['2']],
      [['1'], ['2']],
    ]);
    expect(end).toMatchObject({
      exit: 0,
      states: [{stream: undefined, state, recordCount: 4}],
    });
  });
});
