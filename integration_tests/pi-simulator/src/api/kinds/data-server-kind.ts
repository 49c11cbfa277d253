import {type Identity} from '../../identity/web-id';
import {dataServerByName} from '../../plant/lookup';
import {type DataServer} from '../../plant/point';
import {formatTrimmed} from '../../time/ticks';
import {type Kind} from '../kind';
import {links, type Members, webIdOf} from '../members';

const SERVER_VERSION = '3.4.440.477';

function identityOf({guid, name}: DataServer): Identity {
  return {marker: 'DS', guids: [guid], path: name};
}

export const dataServerMembers: Members<DataServer> = {
  WebId: (server, view) => webIdOf(identityOf(server), view),
  Id: (server) => server.guid,
  Name: (server) => server.name,
  Path: (server) => `\\\\PIServers[${server.name}]`,
  IsConnected: () => true,
  ServerVersion: () => SERVER_VERSION,
  ServerTime: (_, {world}) => formatTrimmed(world.clock.now()),
  Links: (server, view) => {
    const self = `dataservers/${webIdOf(identityOf(server), view)}`;
    return links(view, {
      Self: self,
      Points: `${self}/points`,
      EnumerationSets: `${self}/enumerationsets`,
    });
  },
};

export const dataServerKind: Kind<DataServer> = {
  title: 'Data server',
  marker: 'DS',
  members: dataServerMembers,
  find: ({plant}, {guids}) => plant.dataServers.find(({guid}) => guid === guids[0]),
  findByPath: ({plant}, path) => dataServerByName(plant, serverNameOf(path)),
};

/** Both `SERVER` and `PIServers[SERVER]` name a server. */
export function serverNameOf(path: string): string {
  return /^PIServers\[(.*)\]$/i.exec(path)?.[1] ?? path;
}
