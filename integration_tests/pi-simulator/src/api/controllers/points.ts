import {type Point, pointIdentity} from '../../plant/point';
import {type Answer} from '../answer';
import {badRequest, notFound} from '../api-error';
import {checkedCount} from '../count-limit';
import {
  byPath,
  byWebId,
  multiple,
  MULTIPLE_PARAMETERS,
  resolve,
  subjectOf,
} from '../kind';
import {pointKind} from '../kinds/point-kind';
import {links, type Members, webIdOf} from '../members';
import {nameFilter} from '../name-filter';
import {listAnswer, objectAnswer, pagedAnswer} from '../paging';
import {pointAttributes} from '../point-attributes';
import {isAtLeast} from '../product-version';
import {type Call, type Route} from '../route';
import {searchPoints} from '../search/point-search';
import {dataServerKind} from '../kinds/data-server-kind';
/** An attribute of the point database. */
interface PointAttribute {
  readonly point: Point;
  readonly name: string;
  readonly value: unknown;
}

function attributesOf({view}: Call, point: Point): readonly PointAttribute[] {
  const values = Object.entries(pointAttributes(view.world, point));
  return values.map(([name, value]) => ({point, name, value}));
}

const pointAttributeMembers: Members<PointAttribute> = {
  Name: ({name}) => name,
  Value: ({value}) => value,
  Links: ({point, name}, view) => {
    const self = `points/${webIdOf(pointIdentity(point), view)}`;
    return links(view, {Self: `${self}/attributes/${name}`, Point: self});
  },
};

/** Names asked for one by one must exist; a filter may match none. */
function attributeList(call: Call): Answer {
  const all = attributesOf(call, subjectOf(pointKind, call));
  const names = call.query.all('name').map((name) => name.toLowerCase());
  const unknown = names.find(
    (name) => !all.some((attribute) => attribute.name === name),
  );
  if (unknown !== undefined)
    throw badRequest(`Unknown PI Point attribute '${unknown}'.`);
  const isWanted = nameFilter(call.query.text('nameFilter'));
  const subjects = all.filter(
    ({name}) => isWanted(name) && (names.length === 0 || names.includes(name)),
  );
  return listAnswer(call, {members: pointAttributeMembers, subjects});
}

function oneAttribute(call: Call): Answer {
  const name = call.path['name']?.toLowerCase() ?? '';
  const all = attributesOf(call, subjectOf(pointKind, call));
  const found = all.find((attribute) => attribute.name === name);
  if (found === undefined) throw notFound(`PI Point attribute not found '${name}'.`);
  return objectAnswer(call, pointAttributeMembers, found);
}

const MAX_FOUND = 1000;

/** `GET /points/search`, which older releases do not know. */
function foundPoints(call: Call): Answer {
  const {query, world} = call;
  if (!isAtLeast(world.settings.version, '2021SP3')) {
    throw notFound(`No HTTP resource was found that matches '${call.target}'.`);
  }
  checkedCount(query.count('maxCount', MAX_FOUND), MAX_FOUND);
  const webId = query.text('dataServerWebId');
  const server =
    webId === undefined
      ? world.plant.dataServers[0]
      : resolve(dataServerKind, world, webId);
  const subjects = searchPoints(call, server?.points ?? []);
  return pagedAnswer(call, {members: pointKind.members, subjects});
}

export const pointRoutes: readonly Route[] = [
  {
    operation: 'GET /points',
    parameters: ['path'],
    answers: 'Point',
    handle: byPath(pointKind),
  },
  {
    operation: 'GET /points/multiple',
    parameters: MULTIPLE_PARAMETERS,
    answers: 'Items[Item[Point]]',
    handle: multiple(pointKind),
  },
  {
    operation: 'GET /points/search',
    parameters: [
      ...['dataServerWebId', 'query', 'searchNameAndDescriptor', 'searchOption'],
      ...['startIndex', 'maxCount'],
    ],
    answers: 'Items[Point]',
    handle: foundPoints,
  },
  {
    operation: 'GET /points/{webId}',
    parameters: [],
    answers: 'Point',
    handle: byWebId(pointKind),
  },
  {
    operation: 'GET /points/{webId}/attributes',
    parameters: ['name', 'nameFilter'],
    answers: 'Items[PointAttribute]',
    handle: attributeList,
  },
  {
    operation: 'GET /points/{webId}/attributes/{name}',
    parameters: [],
    answers: 'PointAttribute',
    handle: oneAttribute,
  },
];
