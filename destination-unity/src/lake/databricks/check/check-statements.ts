import type {TableName} from '../../../table/table-definition';
import {identifier, literal, qualified} from '../sql/quoting';
import {tableOf} from '../sql/table-statements';
import type {VolumeName} from '../sql/volume-statements';
import {TRIAL_PREFIX} from './trial-names';

/** Who loads, as grants call him. */
export const CURRENT_USER = 'SELECT current_user() AS principal';

/** The rows of the scratch table. */
export function readBack(table: TableName): string {
  const [id, text] = [identifier('id'), identifier('text')];
  return `SELECT CAST(${id} AS STRING) AS ${id}, ${text} FROM ${tableOf(table)} ORDER BY ${id}`;
}

/** `DROP SCHEMA` with all that is in it: for schemas that a check has made. */
export function dropSchema(catalog: string, schema: string): string {
  return `DROP SCHEMA IF EXISTS ${qualified(catalog, schema)} CASCADE`;
}

/** `DROP VOLUME` with its files: for volumes that a check has made. */
export function dropVolume({catalog, schema, volume}: VolumeName): string {
  return `DROP VOLUME IF EXISTS ${qualified(catalog, schema, volume)}`;
}

/** `SHOW SCHEMAS` of checks. */
export function showTrialSchemas(catalog: string): string {
  return `SHOW SCHEMAS IN ${identifier(catalog)} LIKE ${literal(`${TRIAL_PREFIX}*`)}`;
}

/** `SHOW VOLUMES`: all of a schema. */
export function showVolumes(catalog: string, schema: string): string {
  return `SHOW VOLUMES IN ${qualified(catalog, schema)}`;
}
