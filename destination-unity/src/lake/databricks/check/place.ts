import {ConfigError} from 'airbyte-cdk-ts';

import {createSchema, describeSchema} from '../sql/table-statements';
import {listFiles, type VolumeName} from '../sql/volume-statements';
import type {Refusal} from '../warehouse';
import {absentIn} from './absence';
import {dropSchema, dropVolume} from './check-statements';
import {isDenied, lackOf, type Grant} from '../grants';
import {inLayer} from './layer';
import {RefusedStatement} from './refused-statement';
import {noting, type Place, type Trial} from './trial';

/**
 * Finds the schema and the volume as they are set. One that is not there yet is for a sync
 * to make; in its place the check makes one of its own, to see that it can.
 */
export async function findPlace(trial: Trial): Promise<Place> {
  const {settings} = trial.engine;
  const schema = await findSchema(trial);
  const isOwn = schema !== settings.schema;
  const volume = {catalog: settings.catalog, schema, volume: settings.staging.volume};
  return isOwn ? makeVolume(trial, volume) : findVolume(trial, volume);
}

async function findSchema(trial: Trial): Promise<string> {
  const {engine, principal, name, made} = trial;
  const {catalog, schema} = engine.settings;
  const outcome = await engine.warehouse.attempt(describeSchema(catalog, schema));
  if (outcome.kind === 'done') return schema;
  const {refusal} = outcome;
  const absent = absentIn(refusal);
  if (absent === 'catalog') throw noCatalog(catalog, refusal, principal);
  if (absent === 'schema') {
    made.drops.push(dropSchema(catalog, name));
    const layer = {
      doing: `Schema ${catalog}.${schema} is not there or not shown to the principal, and making one`,
      grant: {privilege: 'CREATE SCHEMA', kind: 'CATALOG', name: [catalog]},
    };
    await inLayer(layer, principal, () =>
      engine.warehouse.run(createSchema(catalog, name)),
    );
    return name;
  }
  return inLayer(
    {
      doing: `Looking into schema ${catalog}.${schema}`,
      grant: {privilege: 'USE SCHEMA', kind: 'SCHEMA', name: [catalog, schema]},
    },
    principal,
    () => Promise.reject(new RefusedStatement(refusal)),
  );
}

/** A workspace hides what its principal may not use. */
function noCatalog(
  catalog: string,
  {message}: Refusal,
  principal: string | undefined,
): ConfigError {
  const grant = {privilege: 'USE CATALOG', kind: 'CATALOG', name: [catalog]};
  return new ConfigError(
    `This workspace shows no catalog ${catalog}: ${message} Check the name. ` +
      `If it is right: ${lackOf(grant, principal)}`,
  );
}

async function findVolume(trial: Trial, volume: VolumeName): Promise<Place> {
  const {engine, principal, openStaging, made} = trial;
  const outcome = await engine.warehouse.attempt(listFiles(folderOf(volume)));
  if (outcome.kind === 'refused') {
    const {refusal} = outcome;
    if (!isDenied(refusal)) return makeVolume(trial, {...volume, volume: trial.name});
    const layer = {
      doing: `Looking into volume ${fullName(volume)}`,
      grant: grantOn(volume, 'READ VOLUME'),
    };
    await inLayer(layer, principal, () =>
      Promise.reject(new RefusedStatement(refusal)),
    );
  }
  return {volume, staging: noting(openStaging(volume, engine.warehouse), made)};
}

async function makeVolume(trial: Trial, volume: VolumeName): Promise<Place> {
  const {engine, principal, openStaging, made} = trial;
  const {catalog, schema} = volume;
  const staging = noting(openStaging(volume, engine.warehouse), made);
  made.drops.push(dropVolume(volume));
  const layer = {
    doing: `A volume for files is not there, and making one in ${catalog}.${schema}`,
    grant: {privilege: 'CREATE VOLUME', kind: 'SCHEMA', name: [catalog, schema]},
  };
  await inLayer(layer, principal, () => staging.prepare());
  return {volume, staging};
}

/** A right on a volume. */
export function grantOn(
  {catalog, schema, volume}: VolumeName,
  privilege: string,
): Grant {
  return {privilege, kind: 'VOLUME', name: [catalog, schema, volume]};
}

function folderOf({catalog, schema, volume}: VolumeName): string {
  return `/Volumes/${catalog}/${schema}/${volume}/`;
}

export function fullName({catalog, schema, volume}: VolumeName): string {
  return `${catalog}.${schema}.${volume}`;
}
