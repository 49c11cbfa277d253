import fc from 'fast-check';

import {collectingLog} from '../trial-table';
import {CatalogClient} from './catalog-client';
import {CatalogServer} from './catalog-server.stand-in';
import {Registrar} from './registrar';
import {tableEntry, type TableEntry} from './table-entry';

type Fate = 'well' | 'unheard' | 'answer_lost';

const FATE = fc.constantFrom<Fate>('well', 'well', 'unheard', 'answer_lost');
const SCHEMAS = ['pi', 'other'];
const TABLES = ['values', 'frames'];

/** A sync that registers one version of a table, and how its requests fare. */
const SYNC = fc.record({
  schema: fc.constantFrom(...SCHEMAS),
  table: fc.constantFrom(...TABLES),
  columns: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), {maxLength: 3}),
  comment: fc.constantFrom('', 'Of the plant.'),
  fates: fc.array(FATE, {maxLength: 8}),
});

describe('registration that is interrupted anywhere', () => {
  it('ends with what the tables are, and never costs another table its entry', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(SYNC, {minLength: 1, maxLength: 12}),
        fc.subarray(TABLES),
        async (syncs, foreign) => {
          const server = new CatalogServer();
          server.schemas.add('unity.other');
          for (const table of foreign) server.tables.set(...elsewhere(table));
          const before = new Map(server.tables);

          const newest = new Map<string, TableEntry>();
          for (const sync of syncs) {
            newest.set(`unity.${sync.schema}.${sync.table}`, entryOf(sync));
            await attempt(server, sync);
          }
          for (const entry of newest.values()) await registered(server, entry);

          for (const [name, entry] of [...newest, ...before]) {
            expect(server.tables.get(name)).toEqual(before.get(name) ?? entry);
          }
        },
      ),
      {seed: 5, numRuns: 300},
    );
  });
});

type Sync = typeof SYNC extends fc.Arbitrary<infer Value> ? Value : never;

/** Fares as it may: what fails now is for the next one to repair. */
async function attempt(server: CatalogServer, sync: Sync): Promise<void> {
  const {length} = server.asked;
  server.fate = (request) => sync.fates[request - length - 1] ?? 'well';
  await registered(server, entryOf(sync));
  server.fate = () => 'well';
}

async function registered(server: CatalogServer, entry: TableEntry): Promise<void> {
  const client = new CatalogClient(server, 'uc.example', 'unity');
  const registrar = new Registrar(client, collectingLog([]));
  await registrar.register(entry).catch(() => undefined);
}

function elsewhere(name: string): [string, TableEntry] {
  const sync: Sync = {
    schema: 'other',
    table: name,
    columns: [],
    comment: '',
    fates: [],
  };
  const storage_location = `file:///elsewhere/${name}`;
  return [`unity.other.${name}`, {...entryOf(sync), storage_location}];
}

function entryOf({schema, table, columns, comment}: Sync): TableEntry {
  const fields = columns.map((name) => ({
    ...{name, type: 'double', nullable: true},
    metadata: {},
  }));
  const schemaString = JSON.stringify({type: 'struct', fields});
  const description = comment === '' ? {} : {description: comment};
  return tableEntry({
    ...{catalog: 'unity', schema, table, folder: `/lake/${schema}/${table}`},
    metaData: {schemaString, configuration: {}, ...description},
  });
}
