import {Stage} from '../src/behaviours/stage';
import type {StreamStory} from '../src/behaviours/stream-story';

let stage: Stage;

beforeAll(() => (stage = new Stage('deletion')));
afterAll(() => stage.close());

const DELETED_AT = '_ab_cdc_deleted_at';
const COLUMNS = ['id', 'note', DELETED_AT];
const AT = '2026-02-01T12:00:00Z';
const STORED_AT = '2026-02-01T12:00:00.000000Z';

const ROW = {
  id: {type: 'integer'},
  lsn: {type: 'integer'},
  note: {type: ['null', 'string']},
};

const BASE: StreamStory = {
  name: 'changes',
  mode: 'append_dedup',
  key: ['id'],
  cursor: 'lsn',
  properties: {...ROW, [DELETED_AT]: {type: ['null', 'string'], format: 'date-time'}},
};

const row = (id: number, lsn: number, note: string): object => ({id, lsn, note});
const deletion = (id: number, lsn: number): object => ({id, lsn, [DELETED_AT]: AT});

describe('A row that its source has deleted', () => {
  /** Every order in which a row and its deletion can meet. */
  const batches = [
    [1, 2, 3, 4, 5].map((id) => row(id, 10, 'stored')),
    [
      ...[deletion(2, 11), deletion(3, 9)],
      ...[deletion(4, 11), row(4, 12, 'came again')],
      ...[row(6, 11, 'new'), deletion(6, 12)],
      ...[deletion(7, 12), row(7, 11, 'late older')],
      deletion(8, 11),
    ],
    [deletion(5, 10), row(9, 11, 'new')],
  ];

  it('leaves the table, unless something newer is known of it', async () => {
    await stage.sync({...BASE, name: 'hard', batches}, {cdc_deletion: 'hard'});

    expect(await stage.rows('hard', COLUMNS)).toEqual([
      ['1', 'stored', null],
      ['3', 'stored', null],
      ['4', 'came again', null],
      ['9', 'new', null],
    ]);
  });

  it('stays away when the same is sent once more', async () => {
    await stage.sync({...BASE, name: 'hard', batches}, {cdc_deletion: 'hard'});

    expect(await stage.rows('hard', ['id'])).toEqual([['1'], ['3'], ['4'], ['9']]);
  });

  it('stays with the time of its deletion where deletions are soft', async () => {
    await stage.sync({...BASE, name: 'soft', batches}, {cdc_deletion: 'soft'});

    expect(await stage.rows('soft', COLUMNS)).toEqual([
      ['1', 'stored', null],
      ['2', null, STORED_AT],
      ['3', 'stored', null],
      ['4', 'came again', null],
      ['5', null, STORED_AT],
      ['6', null, STORED_AT],
      ['7', null, STORED_AT],
      ['8', null, STORED_AT],
      ['9', 'new', null],
    ]);
  });

  it('is a row like all others where rows are appended', async () => {
    const sent = [row(1, 10, 'stored'), deletion(1, 11)];

    await stage.sync({...BASE, name: 'log', mode: 'append', batches: [sent]});

    expect(await stage.rows('log', COLUMNS)).toEqual([
      ['1', null, STORED_AT],
      ['1', 'stored', null],
    ]);
  });

  it('is not told from others by a source that declares no deletions', async () => {
    await stage.sync({
      ...BASE,
      name: 'undeclared',
      properties: ROW,
      batches: [[row(1, 10, 'stored')], [deletion(1, 11)]],
    });

    expect(await stage.rows('undeclared', ['id', 'note', '_rescued_data'])).toEqual([
      ['1', null, `{"${DELETED_AT}":"${AT}"}`],
    ]);
  });
});
