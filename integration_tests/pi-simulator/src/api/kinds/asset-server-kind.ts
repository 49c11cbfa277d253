import {type Identity} from '../../identity/web-id';
import {
  type AssetDatabase,
  type AssetServer,
  databasePath,
} from '../../plant/asset-model';
import {formatTrimmed} from '../../time/ticks';
import {type Kind} from '../kind';
import {links, type Members, webIdOf} from '../members';

const AF_VERSION = '2.10.9.593';

function serverIdentity({guid, name}: AssetServer): Identity {
  return {marker: 'RS', guids: [guid], path: name};
}

export function databaseIdentity(database: AssetDatabase): Identity {
  const {server, guid} = database;
  return {marker: 'RD', guids: [server.guid, guid], path: databasePath(database)};
}

export const assetServerMembers: Members<AssetServer> = {
  WebId: (server, view) => webIdOf(serverIdentity(server), view),
  Id: ({guid}) => guid,
  Name: ({name}) => name,
  Description: () => '',
  Path: ({name}) => `\\\\${name}`,
  IsConnected: () => true,
  ServerVersion: () => AF_VERSION,
  ServerTime: (_, {world}) => formatTrimmed(world.clock.now()),
  ExtendedProperties: () => ({}),
  Links: (server, view) => {
    const self = `assetservers/${webIdOf(serverIdentity(server), view)}`;
    return links(view, {Self: self, Databases: `${self}/assetdatabases`});
  },
};

export const databaseMembers: Members<AssetDatabase> = {
  WebId: (database, view) => webIdOf(databaseIdentity(database), view),
  Id: ({guid}) => guid,
  Name: ({name}) => name,
  Description: ({description}) => description,
  Path: databasePath,
  ExtendedProperties: () => ({}),
  Links: (database, view) => {
    const self = `assetdatabases/${webIdOf(databaseIdentity(database), view)}`;
    return links(view, {
      Self: self,
      Elements: `${self}/elements`,
      ElementTemplates: `${self}/elementtemplates`,
      EventFrames: `${self}/eventframes`,
      AssetServer: `assetservers/${webIdOf(serverIdentity(database.server), view)}`,
      ElementCategories: `${self}/elementcategories`,
      AttributeCategories: `${self}/attributecategories`,
      TableCategories: `${self}/tablecategories`,
      EnumerationSets: `${self}/enumerationsets`,
      Tables: `${self}/tables`,
    });
  },
};

export const assetServerKind: Kind<AssetServer> = {
  title: 'Asset server',
  marker: 'RS',
  members: assetServerMembers,
  find: ({plant}, {guids}) =>
    guids[0] === plant.assets.server.guid ? plant.assets.server : undefined,
  findByPath: ({plant}, path) =>
    path.toUpperCase() === plant.assets.server.name.toUpperCase()
      ? plant.assets.server
      : undefined,
};
