import {dataServerByName} from '../../plant/lookup';
import {type DataServer} from '../../plant/point';
import {formatTrimmed} from '../../time/ticks';
import {type Answer} from '../answer';
import {notFound} from '../api-error';
import {links, webIdOf, type Members} from '../members';
import {nameFilter} from '../name-filter';
import {listAnswer, objectAnswer, pagedAnswer} from '../paging';
import {bare, resolveDataServer} from '../resolve';
import {type Call, type Route} from '../route';
import {pointMembers} from './points';

const SERVER_VERSION = '3.4.440.477';

export function dataServerWebId(server: DataServer): Parameters<typeof webIdOf>[0] {
  return {marker: 'DS', guids: [server.guid], path: `\\\\${server.name}`};
}

function dataServerMembers(call: Call): Members<DataServer> {
  return {
    WebId: (server, view) => webIdOf(dataServerWebId(server), view),
    Id: (server) => server.guid,
    Name: (server) => server.name,
    Path: (server) => `\\\\PIServers[${server.name}]`,
    IsConnected: () => true,
    ServerVersion: () => SERVER_VERSION,
    ServerTime: () => formatTrimmed(call.world.clock.now()),
    Links: (server, view) => {
      const self = `dataservers/${webIdOf(dataServerWebId(server), view)}`;
      return links(view, {
        Self: self,
        Points: `${self}/points`,
        EnumerationSets: `${self}/enumerationsets`,
      });
    },
  };
}

function dataServers(call: Call): Answer {
  const {plant} = call.world;
  const members = dataServerMembers(call);
  const path = call.query.text('path');
  const name = call.query.text('name') ?? (path && serverNameOf(path));
  if (name === undefined)
    return listAnswer(call, {members, subjects: plant.dataServers});
  const server = dataServerByName(plant, name);
  if (server === undefined) throw notFound(`Data server not found '${name}'.`);
  return objectAnswer(call, members, server);
}

/** Both `\\SERVER` and `\\PIServers[SERVER]` name a server. */
function serverNameOf(path: string): string {
  return /^PIServers\[(.*)\]$/i.exec(bare(path))?.[1] ?? bare(path);
}

/** Sources that the points of this plant come from. */
function pointsOf(call: Call): Answer {
  const server = resolveDataServer(call.world.plant, call.path['webId'] ?? '');
  const isNamed = nameFilter(call.query.text('nameFilter'));
  const isFrom = nameFilter(call.query.text('sourceFilter'));
  const all = call.query.text('sourceFilter') ?? call.query.text('nameFilter');
  const subjects =
    all === undefined
      ? server.points
      : server.points.filter((point) => isNamed(point.name) && isFrom(POINT_SOURCE));
  return pagedAnswer(call, {members: pointMembers, subjects});
}

/** The point source of every point, as the interface that writes them is called. */
export const POINT_SOURCE = 'SIM';

export const dataServerRoutes: readonly Route[] = [
  {
    operation: 'GET /dataservers',
    parameters: ['name', 'path'],
    answers: 'Items[DataServer]',
    handle: dataServers,
  },
  {
    operation: 'GET /dataservers/{webId}',
    parameters: [],
    answers: 'DataServer',
    handle: (call) =>
      objectAnswer(
        call,
        dataServerMembers(call),
        resolveDataServer(call.world.plant, call.path['webId'] ?? ''),
      ),
  },
  {
    operation: 'GET /dataservers/{webId}/points',
    parameters: ['nameFilter', 'sourceFilter', 'startIndex', 'maxCount'],
    answers: 'Items[Point]',
    handle: pointsOf,
  },
];
