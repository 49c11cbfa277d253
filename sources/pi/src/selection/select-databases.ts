import {ConfigError} from 'airbyte-cdk-ts';

import {
  listAssetDatabases,
  listAssetServers,
  type AssetDatabase,
} from '../client/asset-databases';
import type {PiHttp} from '../client/pi-http';
import {selectNamed} from './select-servers';

/**
 * The databases of the selection on all asset servers, sorted by id; `wanted` names
 * databases, empty means all. An asset server that is not connected, an unknown name
 * and the absence of any database are failures, for they would look like an empty plant.
 */
export async function selectDatabases(
  http: PiHttp,
  wanted: readonly string[],
): Promise<readonly AssetDatabase[]> {
  const servers = await listAssetServers(http);
  const away = servers.filter(({connected}) => !connected).map(({name}) => name);
  const known: AssetDatabase[] = [];
  for (const server of servers.filter(({connected}) => connected)) {
    known.push(...(await listAssetDatabases(http, server)));
  }
  if (away.length > 0 && !coversAll(known, wanted)) throw notConnected(away);
  const selected = selectNamed(known, wanted, 'asset database');
  if (selected.length === 0) throw noDatabase();
  return [...selected].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Whether every wanted name was found without the servers that are away. */
function coversAll(
  known: readonly AssetDatabase[],
  wanted: readonly string[],
): boolean {
  const names = new Set(known.map(({name}) => name.toUpperCase()));
  return wanted.length > 0 && wanted.every((name) => names.has(name.toUpperCase()));
}

function notConnected(names: readonly string[]): ConfigError {
  return new ConfigError(
    `PI Web API is not connected to the asset server ${names.join(', ')}: it is down, or the account has no mapping on it. To leave it out, name the asset databases to read in the selection.`,
  );
}

function noDatabase(): ConfigError {
  return new ConfigError(
    'The account sees no asset database. Ask the PI administrator for read access, or leave out the streams af_elements and event_frames.',
  );
}
