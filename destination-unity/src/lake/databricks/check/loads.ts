import {writeFile} from 'node:fs/promises';
import path from 'node:path';

import {SystemError} from 'airbyte-cdk-ts';

import type {TableName} from '../../../table/table-definition';
import {DatabricksTable} from '../databricks-table';
import type {Engine} from '../engine';
import {dropTable} from '../sql/table-statements';
import {openOrCreate} from '../table-changes';
import type {Refusal} from '../warehouse';
import {readBack} from './check-statements';
import {inLayer, type Layer} from './layer';
import {fullName, grantOn} from './place';
import type {Place, Trial} from './trial';
import {EXPECTED_ROWS, firstRows, laterRows, trialDefinition} from './trial-table';

/** Writes a file to the volume and takes it away again. */
export async function tryVolume(
  {engine, principal, name}: Trial,
  {volume, staging}: Place,
): Promise<void> {
  const layer: Layer = {
    doing: `Writing a file to volume ${fullName(volume)}`,
    grant: grantOn(volume, 'WRITE VOLUME'),
  };
  await inLayer(layer, principal, async () => {
    const file = path.join(engine.tempFolder, `${name}.txt`);
    await writeFile(file, 'Written by a check of the connection.\n');
    await staging.remove([await staging.stage(file, name)]);
  });
}

/** Makes a table, loads it in both ways in which a sync does, and reads it. */
export async function tryTable(trial: Trial, place: Place): Promise<void> {
  const {engine, principal, made} = trial;
  const {catalog, schema} = place.volume;
  const name: TableName = {catalog, schema, table: trial.name};
  const table = `${catalog}.${schema}.${name.table}`;
  const inTable = (doing: string, privilege: string): Layer => ({
    doing: `${doing} ${table}`,
    grant: {privilege, kind: 'TABLE', name: [catalog, schema, name.table]},
  });

  const creating: Layer = {
    doing: `Creating a table in ${catalog}.${schema}`,
    grant: {privilege: 'CREATE TABLE', kind: 'SCHEMA', name: [catalog, schema]},
    advice: (refusal) => adviceOnTypes(refusal, engine),
  };
  made.drops.push(dropTable(name));
  const opened = await inLayer(creating, principal, () =>
    openTable(name, {...engine, staging: place.staging}),
  );
  await inLayer(inTable('Loading by COPY INTO', 'MODIFY'), principal, () =>
    opened.append(firstRows()),
  );
  await inLayer(inTable('Loading by MERGE into', 'SELECT, MODIFY'), principal, () =>
    opened.merge(laterRows()),
  );
  await inLayer(inTable('Reading back', 'SELECT'), principal, () =>
    readAll(name, engine),
  );
  await inLayer(inTable('Finishing', 'MODIFY'), principal, () => opened.finish());
}

async function openTable(name: TableName, engine: Engine): Promise<DatabricksTable> {
  const definition = trialDefinition(name);
  const {stored} = await openOrCreate(definition, engine);
  return new DatabricksTable(stored, definition, engine);
}

function adviceOnTypes(
  {message}: Refusal,
  {settings: {jsonType}}: Engine,
): string | undefined {
  if (jsonType !== 'variant' || !/variant/i.test(message)) return undefined;
  return 'This warehouse does not know VARIANT; set json_type to string.';
}

async function readAll(name: TableName, {warehouse}: Engine): Promise<void> {
  const rows = await warehouse.run(readBack(name));
  const read = rows.map(({id, text}) => `${String(id)} ${String(text)}`).join(', ');
  if (read === EXPECTED_ROWS) return;
  throw new SystemError('The rows that were loaded did not come back as they were.', {
    details: {rows: rows.length},
  });
}
