import {z} from 'zod';

import type {PiHttp} from './pi-http';

/** An AF server that this PI Web API knows of, usable or not. */
export interface AssetServer {
  readonly id: string;
  readonly webId: string;
  readonly name: string;
  readonly connected: boolean;
}

export interface AssetDatabase {
  readonly id: string;
  readonly webId: string;
  readonly name: string;
  readonly server: AssetServer;
}

const AssetServers = z.looseObject({
  Items: z
    .array(
      z.looseObject({
        WebId: z.string(),
        Id: z.string(),
        Name: z.string(),
        IsConnected: z.boolean().nullish(),
      }),
    )
    .default([]),
});

const AssetDatabases = z.looseObject({
  Items: z
    .array(z.looseObject({WebId: z.string(), Id: z.string(), Name: z.string()}))
    .default([]),
});

/** `GET /assetservers`: one answer, without pages. */
export async function listAssetServers(http: PiHttp): Promise<readonly AssetServer[]> {
  const query = {
    webIdType: 'IDOnly',
    selectedFields: 'Items.WebId;Items.Id;Items.Name;Items.IsConnected;WebException',
  };
  const {Items} = await http.get(
    {path: ['assetservers'], query, fresh: true},
    AssetServers,
  );
  return Items.map((item) => ({
    id: item.Id.toLowerCase(),
    webId: item.WebId,
    name: item.Name,
    connected: item.IsConnected ?? true,
  }));
}

/** `GET /assetservers/{webId}/assetdatabases`: those the account may see, without pages. */
export async function listAssetDatabases(
  http: PiHttp,
  server: AssetServer,
): Promise<readonly AssetDatabase[]> {
  const path = ['assetservers', server.webId, 'assetdatabases'];
  const query = {
    webIdType: 'IDOnly',
    selectedFields: 'Items.WebId;Items.Id;Items.Name;WebException',
  };
  const {Items} = await http.get({path, query, fresh: true}, AssetDatabases);
  return Items.map((item) => ({
    id: item.Id.toLowerCase(),
    webId: item.WebId,
    name: item.Name,
    server,
  }));
}
