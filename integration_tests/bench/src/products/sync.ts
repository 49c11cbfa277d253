import {mkdirSync} from 'node:fs';

import type {Command} from '../process/run';
import {configuredCatalog, document} from './documents';
import type {PlantHello} from './plant';
import {executable} from './programs';

/** What a sync reads of a plant; all other settings as they are shipped. */
export interface SyncSettings {
  /** Name filters. */
  readonly points: readonly string[];
  readonly start: string;
  /** Up to the plant's clock where there is none. */
  readonly end?: string;
}

/** Prepares `source-pi read` of a plant; its documents are written into the folder. */
export async function preparedSync(
  folder: string,
  {url, username, password}: PlantHello,
  {points, start, end}: SyncSettings,
): Promise<Command> {
  mkdirSync(folder, {recursive: true});
  const config = document(folder, 'config.json', {
    base_url: url,
    credentials: {auth_type: 'basic', username, password},
    selection: {points},
    start_date: start,
    ...(end === undefined ? {} : {end_date: end}),
    load_audit: 'off',
    settle_seconds: 0,
  });
  const catalog = document(folder, 'catalog.json', await configuredCatalog(config));
  return executable('source-pi', 'read', '--config', config, '--catalog', catalog);
}
