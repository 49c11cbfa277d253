import {dataServerByName} from '../../plant/lookup';
import {type Answer} from '../answer';
import {notFound} from '../api-error';
import {byWebId, subjectOf} from '../kind';
import {
  dataServerKind,
  dataServerMembers,
  serverNameOf,
} from '../kinds/data-server-kind';
import {dataServerSets, enumerationSetMembers} from '../kinds/enumeration-kinds';
import {POINT_SOURCE, pointKind} from '../kinds/point-kind';
import {nameFilter} from '../name-filter';
import {listAnswer, objectAnswer, pagedAnswer} from '../paging';
import {bare} from '../resolve';
import {type Call, type Route} from '../route';
/** All servers, or the one of a name or path. */
function dataServers(call: Call): Answer {
  const {plant} = call.world;
  const name = call.query.text('name') ?? call.query.text('path');
  if (name === undefined) {
    return listAnswer(call, {members: dataServerMembers, subjects: plant.dataServers});
  }
  const server = dataServerByName(plant, serverNameOf(bare(name)));
  if (server === undefined) throw notFound(`Data server not found '${name}'.`);
  return objectAnswer(call, dataServerMembers, server);
}

function pointsOf(call: Call): Answer {
  const {points} = subjectOf(dataServerKind, call);
  const {members} = pointKind;
  const [name, source] = [
    call.query.text('nameFilter'),
    call.query.text('sourceFilter'),
  ];
  if (!nameFilter(source)(POINT_SOURCE))
    return pagedAnswer(call, {members, subjects: []});
  if (name === undefined) return pagedAnswer(call, {members, subjects: points});
  const isWanted = nameFilter(name);
  const subjects = points.filter((point) => isWanted(point.name));
  return pagedAnswer(call, {members, subjects});
}

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
    handle: byWebId(dataServerKind),
  },
  {
    operation: 'GET /dataservers/{webId}/points',
    parameters: ['nameFilter', 'sourceFilter', 'startIndex', 'maxCount'],
    answers: 'Items[Point]',
    handle: pointsOf,
  },
  {
    operation: 'GET /dataservers/{webId}/enumerationsets',
    parameters: [],
    answers: 'Items[EnumerationSet]',
    handle: (call) =>
      listAnswer(call, {
        members: enumerationSetMembers,
        subjects: dataServerSets(call.world.plant, subjectOf(dataServerKind, call)),
      }),
  },
];
