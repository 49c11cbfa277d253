import {Stage} from '../src/behaviours/stage';
import type {StreamStory} from '../src/behaviours/stream-story';

let stage: Stage;

beforeAll(() => (stage = new Stage('descriptions')));
afterAll(() => stage.close());

const QUOTES = 'It\'s "odd", a `tick`, a \\ and ä 🧪.\nTwo lines.';

const STORY: StreamStory = {
  name: 'readings',
  schema: {description: 'What was measured.'},
  properties: {
    id: {type: 'integer'},
    flow: {type: 'number', description: 'Flow of the line.', unit: 'm³/h'},
    level: {type: 'number', units: '%'},
    quoted: {type: 'string', description: QUOTES},
  },
  batches: [[{id: 1, flow: 1.5}]],
};

describe('What a source says of its stream', () => {
  it('stands at the columns, units of measure included', async () => {
    await stage.sync(STORY);

    const comments = await commentsOf('readings');
    expect(comments.get('id')).toBeUndefined();
    expect(comments.get('flow')).toMatch(/^Flow of the line\..*m³\/h/s);
    expect(comments.get('level')).toContain('%');
    expect(comments.get('quoted')).toContain(QUOTES);
  });

  it('stands at the table, with where the rows come from', async () => {
    const comment = await stage.engine.comment({
      schema: stage.schema,
      table: 'readings',
    });

    expect(comment).toContain('readings');
    expect(comment).toContain('What was measured.');
  });

  it('is brought up to date, and kept where the source says nothing any more', async () => {
    await stage.sync({
      ...STORY,
      properties: {
        id: {type: 'integer', description: 'Number of the reading.'},
        flow: {type: 'number', description: 'Flow, corrected.', unit: 'l/s'},
        quoted: {type: 'string', description: QUOTES},
      },
      batches: [[{id: 2, flow: 2.5}]],
    });

    const comments = await commentsOf('readings');
    expect(comments.get('id')).toContain('Number of the reading.');
    expect(comments.get('flow')).toMatch(/^Flow, corrected\..*l\/s/s);
    expect(comments.get('level')).toContain('%');
    expect(await stage.rows('readings', ['id', 'flow'])).toEqual([
      ['1', '1.5'],
      ['2', '2.5'],
    ]);
  });
});

async function commentsOf(
  table: string,
): Promise<ReadonlyMap<string, string | undefined>> {
  const columns = await stage.columns(table);
  return new Map(columns.map(({name, comment}) => [name, comment]));
}
