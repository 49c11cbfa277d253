import {Stage} from '../src/behaviours/stage';
import type {StreamStory} from '../src/behaviours/stream-story';

let stage: Stage;

beforeAll(() => (stage = new Stage('together')));
afterAll(() => stage.close());

const RUNS = [0, 1, 2];

const LOG: StreamStory = {name: 'log'};
const KEYED: StreamStory = {
  name: 'keyed',
  mode: 'append_dedup',
  key: ['id'],
  cursor: 'rev',
  properties: {id: {type: 'integer'}, rev: {type: 'integer'}},
};

describe('Syncs that meet in one table', () => {
  it('lose nothing of each other, the making of the table included', async () => {
    await Promise.all(RUNS.map((run) => stage.sync(storiesOf(run))));

    expect(await stage.rows('log', ['id', 'name'])).toEqual(
      RUNS.flatMap((run) => [
        [String(run * 2), `run ${run}`],
        [String(run * 2 + 1), `run ${run}`],
      ]),
    );
    expect(await stage.rows('keyed', ['id', 'rev'])).toEqual([
      ['-1', '2'],
      ['0', '0'],
      ['1', '0'],
      ['2', '0'],
    ]);
  });
});

/** Rows of its own, and one that each of the runs revises. */
function storiesOf(run: number): readonly StreamStory[] {
  const name = `run ${run}`;
  return [
    {...LOG, batches: [[{id: run * 2, name}], [{id: run * 2 + 1, name}]]},
    {...KEYED, batches: [[{id: -1, rev: run}], [{id: run, rev: 0}]]},
  ];
}
