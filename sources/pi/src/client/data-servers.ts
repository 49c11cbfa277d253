import {z} from 'zod';

import {fromEpochMs, piTimestamp, type PiTimestamp} from '../sync/pi-timestamp';
import type {PiHttp} from './pi-http';

/** A PI Data Archive that this PI Web API knows of, usable or not. */
export interface DataServer {
  readonly id: string;
  readonly webId: string;
  readonly name: string;
  /** False while the archive is down, and where the account has no mapping on it. */
  readonly connected: boolean;
  readonly version: string | undefined;
  /** The archive's own clock at the time of the answer. */
  readonly time: PiTimestamp | undefined;
}

const DataServers = z.looseObject({
  Items: z
    .array(
      z.looseObject({
        WebId: z.string(),
        Id: z.string(),
        Name: z.string(),
        IsConnected: z.boolean().optional(),
        ServerVersion: z.string().nullish(),
        ServerTime: z.string().nullish(),
      }),
    )
    .default([]),
});

/** `GET /dataservers`: one answer, without pages. */
export async function listDataServers(http: PiHttp): Promise<readonly DataServer[]> {
  const query = {webIdType: 'IDOnly', selectedFields: SELECTED};
  const {Items} = await http.get(
    {path: ['dataservers'], query, fresh: true},
    DataServers,
  );
  return Items.map((item) => ({
    id: item.Id.toLowerCase(),
    webId: item.WebId,
    name: item.Name,
    connected: item.IsConnected ?? true,
    version: item.ServerVersion ?? undefined,
    time: piTimestamp(item.ServerTime ?? ''),
  }));
}

const SELECTED = [
  'Items.WebId',
  'Items.Id',
  'Items.Name',
  'Items.IsConnected',
  'Items.ServerVersion',
  'Items.ServerTime',
  'WebException',
].join(';');

/**
 * What time it is at PI: the earliest clock of the connected archives, else the web
 * server's `Date`, else undefined. The earliest, so that no archive is read beyond what
 * it may have stored.
 */
export function timeAt(
  servers: readonly DataServer[],
  serverDateMs: number | undefined,
): PiTimestamp | undefined {
  const times = servers
    .filter(({connected}) => connected)
    .flatMap(({time}) => (time === undefined ? [] : [time]));
  const earliest = times.sort()[0];
  if (earliest !== undefined) return earliest;
  return serverDateMs === undefined ? undefined : fromEpochMs(serverDateMs);
}
