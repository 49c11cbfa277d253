import type {TableDefinition} from '../../table/table-definition';
import type {LakeTable} from '../lake';
import {schemaFields} from './table-schema';
import {openTrialPlace, type TrialPlace} from './trial-place.stand-in';
import {localTable, trialBatch, trialDefinition} from './trial-table';

let place: TrialPlace;

beforeAll(async () => (place = await openTrialPlace()));
afterAll(() => place[Symbol.asyncDispose]());

describe('comments', () => {
  it('come with the table, and are brought up to date', async () => {
    const made = commented('commented', 'One.', 'Flow. Unit: m3/h.');
    await place.lake.ensure(made);
    const table = await place.lake.ensure(
      commented('commented', 'Two.', 'Flow. Unit: l/s.'),
    );
    expect(commentsOf(table)).toEqual(['One.', 'Flow. Unit: m3/h.']);

    await table.evolve(commented('commented', 'Two.', 'Flow. Unit: l/s.'));

    expect(commentsOf(table)).toEqual(['Two.', 'Flow. Unit: l/s.']);
    const again = await place.lake.ensure(trialDefinition('commented'));
    expect(again.definition.comment).toBe('Two.');
    expect(again.definition.columns.at(-1)?.comment).toBe('Flow. Unit: l/s.');
  });

  it('outlast a checkpoint', async () => {
    const table = await place.lake.ensure(
      commented('checked', 'Ä "1".', 'Flow.\n\\ m³/h'),
    );
    for (let at = 0n; at < 11n; at++)
      await table.append(trialBatch([[1, 'a', at, at]]));

    const again = await place.lake.ensure(trialDefinition('checked'));

    expect(commentsOf(again)).toEqual(['Ä "1".', 'Flow.\n\\ m³/h']);
  });

  it('stay where a stream has none', async () => {
    await place.lake.ensure(commented('annotated', 'By hand.', 'By hand, too.'));
    const table = await place.lake.ensure(trialDefinition('annotated'));
    const {version} = localTable(table).delta.snapshot;

    await table.evolve(trialDefinition('annotated'));

    expect(commentsOf(table)).toEqual(['By hand.', 'By hand, too.']);
    expect(localTable(table).delta.snapshot.version).toBe(version);
  });

  it('stay with a table whose rows are replaced', async () => {
    const table = await place.lake.ensure(commented('refreshed', 'Stream.', 'Flow.'));
    const successor = await table.successor(8);

    await table.replaceWith(successor);

    expect(commentsOf(table)).toEqual(['Stream.', 'Flow.']);
  });

  it('are written once', async () => {
    const wanted = commented('settled', 'Stream.', 'Flow.');
    const table = await place.lake.ensure(wanted);

    await table.evolve(wanted);

    expect(localTable(table).delta.snapshot.version).toBe(0);
  });
});

/** The trial table with a comment, and one for its last column. */
function commented(table: string, comment: string, column: string): TableDefinition {
  const {columns, ...boring} = trialDefinition(table);
  const last = columns.slice(-1).map((each) => ({...each, comment: column}));
  return {...boring, comment, columns: [...columns.slice(0, -1), ...last]};
}

/** Of the table and of its last column, as the log has them. */
function commentsOf(table: LakeTable): readonly unknown[] {
  const {description, schemaString} = localTable(table).delta.snapshot.metaData;
  return [description, schemaFields(schemaString).at(-1)?.metadata['comment']];
}
