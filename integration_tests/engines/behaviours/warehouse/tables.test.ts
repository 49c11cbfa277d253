import type {RunEnd} from '../../src/behaviours/destination-run';
import {Stage} from '../../src/behaviours/stage';
import type {StreamStory} from '../../src/behaviours/stream-story';

let stage: Stage;

beforeAll(() => (stage = new Stage('warehouse')));
afterAll(() => stage.close());

const TEXT = {type: 'string'};
const STORY: StreamStory = {
  name: 'readings',
  mode: 'append_dedup',
  key: ['tag', 'at'],
  cursor: 'at',
  properties: {
    value: {type: 'number'},
    at: {...TEXT, format: 'date-time'},
    tag: TEXT,
  },
  batches: [[{tag: 'a', at: '2026-03-01T00:00:00Z', value: 1}]],
};

describe('A table of a warehouse', () => {
  it('is clustered by its key, by the columns the user names, or not at all', async () => {
    const named = {mode: 'columns', columns: ['value', 'absent']};

    await stage.sync({...STORY, name: 'by_key'});
    await syncWith({cluster_by: named}, {...STORY, name: 'by_name'});
    await syncWith({cluster_by: {mode: 'none'}}, {...STORY, name: 'by_none'});

    const found = await Promise.all(['by_key', 'by_name', 'by_none'].map(detailOf));
    expect(found.map(({clusteringColumns}) => clusteringColumns)).toEqual([
      ['tag', 'at'],
      ['value'],
      [],
    ]);
  });

  it('keeps its clustering and what its owners said when its rows are replaced', async () => {
    const owners = "TBLPROPERTIES ('team' = 'operations')";
    await stage.sync({...STORY, name: 'owned'});
    await stage.engine.run(`ALTER TABLE ${nameOf('owned')} SET ${owners}`);

    await stage.sync({
      ...STORY,
      name: 'owned',
      generation: [2, 2],
      batches: [[{tag: 'b', at: '2026-03-02T00:00:00Z', value: 2}]],
    });

    const {clusteringColumns} = await detailOf('owned');
    const properties = await stage.engine.run(`SHOW TBLPROPERTIES ${nameOf('owned')}`);
    expect(clusteringColumns).toEqual(['tag', 'at']);
    expect(properties).toContainEqual({key: 'team', value: 'operations'});
    expect(await stage.rows('owned', ['tag', 'value'])).toEqual([['b', '2']]);
  });

  it('holds nested values as variants where that is chosen', async () => {
    const nested = {type: 'object'};

    await syncWith(
      {json_type: 'variant'},
      {
        name: 'variants',
        properties: {id: {type: 'integer'}, nested, text: TEXT},
        batches: [
          [
            '{"id":1,"nested":{"b":1,"a":[null,"x"]},"text":"{}"}',
            '{"id":2,"nested":[12345678901234567890.5]}',
            '{"id":3}',
          ],
        ],
      },
    );

    expect(await stage.layout('variants')).toEqual([
      'id bigint',
      'nested variant',
      'text string',
    ]);
    expect(await stage.rows('variants', ['id', 'nested', 'text'])).toEqual([
      ['1', '{"a":[null,"x"],"b":1}', '{}'],
      ['2', '[12345678901234567890.5]', null],
      ['3', null, null],
    ]);
  });

  it('is optimized at the end of a sync where that is asked for', async () => {
    const optimize = 'end_of_sync';
    const later = [[{tag: 'c', at: '2026-03-03T00:00:00Z'}]];

    await syncWith({optimize}, {...STORY, name: 'tidy'});
    await syncWith({optimize}, {...STORY, name: 'tidy', batches: later});

    const history = await stage.engine.run(`DESCRIBE HISTORY ${nameOf('tidy')}`);
    expect(history.map(({operation}) => operation)).toContain('OPTIMIZE');
    expect(await stage.rows('tidy', ['tag'])).toEqual([['a'], ['c']]);
  });
});

/** A sync with further settings of the engine. */
function syncWith(settings: object, story: StreamStory): Promise<RunEnd> {
  const {engine} = stage.engine.configuration(stage.schema);
  return stage.sync(story, {engine: {...(engine as object), ...settings}});
}

function nameOf(table: string): string {
  const {catalog} = stage.engine.configuration(stage.schema);
  return `\`${String(catalog)}\`.\`${stage.schema}\`.\`${table}\``;
}

interface Detail {
  readonly clusteringColumns: readonly string[];
}

/** What the warehouse knows of a table besides its rows. */
async function detailOf(table: string): Promise<Detail> {
  const [detail] = await stage.engine.run(`DESCRIBE DETAIL ${nameOf(table)}`);
  return detail as unknown as Detail;
}
