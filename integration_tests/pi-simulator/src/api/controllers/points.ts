import {type Point, pointIdentity} from '../../plant/point';
import {formatTrimmed} from '../../time/ticks';
import {type Answer} from '../answer';
import {badRequest, notFound} from '../api-error';
import {byPath, byWebId, multiple, MULTIPLE_PARAMETERS, subjectOf} from '../kind';
import {POINT_SOURCE, pointKind} from '../kinds/point-kind';
import {links, type Members, webIdOf} from '../members';
import {nameFilter} from '../name-filter';
import {listAnswer, objectAnswer} from '../paging';
import {type Call, type Route} from '../route';
/** An attribute of the point database. */
interface PointAttribute {
  readonly point: Point;
  readonly name: string;
  readonly value: unknown;
}

function pointAttributes({view}: Call, point: Point): readonly PointAttribute[] {
  const created = formatTrimmed(view.world.plant.historyStart);
  const values: Record<string, unknown> = {
    archiving: 1,
    changedate: created,
    compdev: 0.25,
    compressing: 1,
    creationdate: created,
    creator: 'piadmin',
    descriptor: point.descriptor,
    digitalset: point.digitalSet,
    engunits: point.units,
    excdev: 0.1,
    future: point.future ? 1 : 0,
    pointid: point.id,
    pointsource: POINT_SOURCE,
    pointtype: point.type,
    ptsecurity: 'piadmin: A(r,w) | piadmins: A(r,w) | PIWorld: A(r)',
    recno: point.id,
    scan: 1,
    shutdown: 1,
    span: point.span,
    step: point.step ? 1 : 0,
    tag: point.name,
    zero: point.zero,
  };
  return Object.entries(values).map(([name, value]) => ({point, name, value}));
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
  const all = pointAttributes(call, subjectOf(pointKind, call));
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
  const all = pointAttributes(call, subjectOf(pointKind, call));
  const found = all.find((attribute) => attribute.name === name);
  if (found === undefined) throw notFound(`PI Point attribute not found '${name}'.`);
  return objectAnswer(call, pointAttributeMembers, found);
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
