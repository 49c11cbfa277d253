import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import {ConfigError, type Log} from 'airbyte-cdk-ts';

import {ParquetEncoder} from '../../../parquet/parquet-encoder';
import type {Column, TableDefinition} from '../../../table/table-definition';
import {
  collectingLog,
  trialBatch,
  trialDefinition,
  trialFolder,
  trialLake,
} from '../trial-table';
import {CatalogClient} from './catalog-client';
import {CatalogServer, refusal} from './catalog-server.stand-in';
import {RegisteringLake} from './registering-lake';
import {Registration} from './registration';

let folder: string;
let encoder: ParquetEncoder;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'registering-'));
  encoder = new ParquetEncoder({
    memoryLimitBytes: 2e8,
    tempFolder: path.join(folder, 'spill'),
  });
});

afterAll(async () => {
  await encoder.close();
  await rm(folder, {recursive: true});
});

describe('RegisteringLake', () => {
  it('shows a table as soon as it stands', async () => {
    const {lake, server} = begin();

    await lake.ensure(trialDefinition('made'));

    expect(server.tables.get('unity.pi.made')).toMatchObject({
      table_type: 'EXTERNAL',
      data_source_format: 'DELTA',
      storage_location: `file://${trialFolder(folder, 'made')}`,
    });
    expect(columnsOf(server, 'made')).toEqual([
      '_airbyte_extracted_at',
      '_airbyte_generation_id',
      'tag',
      'text',
      'cursor',
    ]);
  });

  it('shows columns that came to the table, and asks nothing where none came', async () => {
    const {lake, server} = begin();
    const table = await lake.ensure(trialDefinition('evolved'));
    await table.evolve(trialDefinition('evolved'));
    const before = server.asked.length;

    await table.evolve(withColumn('evolved', 'more'));

    expect(server.asked.slice(before)).toContain('POST tables');
    expect(columnsOf(server, 'evolved')).toContain('more');
    expect(before).toBe(4);
  });

  it('shows what replaced a table, never what is still to replace it', async () => {
    const {lake, server} = begin();
    const table = await lake.ensure(trialDefinition('replaced'));
    const successor = await table.successor(8);
    await successor.evolve(withColumn('replaced', 'more'));
    await successor.append(trialBatch([[1, 'a', 1n, 1n]], 8n));
    const before = columnsOf(server, 'replaced');

    await table.replaceWith(successor);

    expect(before).not.toContain('more');
    expect(columnsOf(server, 'replaced')).toContain('more');
    expect([...server.tables.keys()]).toEqual(['unity.pi.replaced']);
  });

  it('says at the end that the rows are stored and what is not', async () => {
    const {lake, server, messages} = begin();
    server.faults.set('POST tables', [NO_RIGHT, NO_RIGHT]);
    const table = await lake.ensure(trialDefinition('refused'));
    await table.append(trialBatch([[1, 'a', 1n, 1n]]));

    const told = table.finish();

    await expect(told).rejects.toThrow(ConfigError);
    await expect(told).rejects.toThrow(
      `The rows are stored in ${trialFolder(folder, 'refused')}; only the registration ` +
        'of unity.pi.refused failed: The Unity Catalog at uc.example refuses to ' +
        'register the table unity.pi.refused: No right. The next sync tries again.',
    );
    expect(messages).toEqual([expect.stringContaining('Loading goes on')]);
    expect((await table.generations())?.max).toBe(7);
  });

  it('registers at the end what could not be registered before', async () => {
    const {lake, server} = begin();
    server.faults.set('POST tables', [NO_RIGHT]);
    const table = await lake.ensure(trialDefinition('repaired'));

    await table.finish();

    expect([...server.tables.keys()]).toEqual(['unity.pi.repaired']);
  });

  it('shows at the end what another writer did to the table', async () => {
    const {lake, server} = begin();
    const table = await lake.ensure(trialDefinition('shared'));
    const other = await trialLake({folder, encoder}).ensure(trialDefinition('shared'));
    await other.evolve(withColumn('shared', 'more'));

    await table.finish();

    expect(columnsOf(server, 'shared')).toContain('more');
  });

  it('does not announce a table that belongs to another stream', async () => {
    const {lake, server} = begin();
    const theirs = {...trialDefinition('owned'), origin: 'theirs'};
    await trialLake({folder, encoder}).ensure(theirs);

    await lake.ensure({...trialDefinition('owned'), origin: 'ours'});

    expect(server.asked).toEqual([]);
  });

  it('tries the folder first and then the catalog', async () => {
    const {lake} = begin();

    expect(await lake.check()).toBe(
      `Created, appended to, merged into, read and dropped a Delta table in ${folder}. Tried.`,
    );
  });

  it('names the folder as readers reach it', async () => {
    const {lake, server} = begin('/data/lake');

    await lake.ensure(trialDefinition('elsewhere'));

    expect(server.tables.get('unity.pi.elsewhere')?.storage_location).toBe(
      'file:///data/lake/main/pi/elsewhere',
    );
  });

  it('ends its connections with the lake', async () => {
    const {lake, server} = begin();
    const closing = new ParquetEncoder({
      memoryLimitBytes: 2e8,
      tempFolder: path.join(folder, 'spill-2'),
    });
    const inner = trialLake({folder, encoder: closing});

    await new RegisteringLake(inner, lake.options).close();

    expect(server.asked).toEqual(['close']);
  });
});

const NO_RIGHT = refusal(403, 'PERMISSION_DENIED', 'No right.');

interface Begun {
  readonly lake: RegisteringLake;
  readonly server: CatalogServer;
  readonly messages: string[];
}

function begin(shown = folder): Begun {
  const server = new CatalogServer();
  const messages: string[] = [];
  const log: Log = {...collectingLog(messages), info: () => undefined};
  const client = new CatalogClient(server, 'uc.example', 'unity');
  const lake = new RegisteringLake(trialLake({folder, encoder, log}), {
    registration: new Registration({hasty: client, patient: client, log}),
    catalog: 'unity',
    shownFolder: (inner) => path.join(shown, path.relative(folder, inner)),
    tryOut: () => Promise.resolve('Tried.'),
    close: () => server.close(),
  });
  return {lake, server, messages};
}

function withColumn(table: string, name: string): TableDefinition {
  const definition = trialDefinition(table);
  const column: Column = {name, type: 'double', member: name};
  return {...definition, columns: [...definition.columns, column]};
}

function columnsOf(server: CatalogServer, table: string): readonly string[] {
  const columns = server.tables.get(`unity.pi.${table}`)?.columns ?? [];
  return columns.map(({name}) => name);
}
