import {pointByPath} from '../../plant/lookup';
import {pointIdentity, pointPath, type Point} from '../../plant/point';
import {type Answer} from '../answer';
import {notFound} from '../api-error';
import {links, webIdOf, type Members} from '../members';
import {objectAnswer} from '../paging';
import {bare, resolvePoint} from '../resolve';
import {type Call, type Route} from '../route';
import {streamLinks} from '../stream-links';

export const pointMembers: Members<Point> = {
  WebId: (point, view) => webIdOf(pointIdentity(point), view),
  Id: (point) => point.id,
  Name: (point) => point.name,
  Path: pointPath,
  Descriptor: (point) => point.descriptor,
  PointClass: () => 'classic',
  PointType: (point) => point.type,
  DigitalSetName: (point) => point.digitalSet,
  EngineeringUnits: (point) => point.units,
  Span: (point) => point.span,
  Zero: (point) => point.zero,
  Step: (point) => point.step,
  Future: (point) => point.future,
  DisplayDigits: () => -5,
  Links: (point, view) => {
    const webId = webIdOf(pointIdentity(point), view);
    const server = {
      marker: 'DS',
      guids: [point.server.guid],
      path: point.server.name,
    } as const;
    return links(view, {
      Self: `points/${webId}`,
      DataServer: `dataservers/${webIdOf(server, view)}`,
      Attributes: `points/${webId}/attributes`,
      ...streamLinks(`streams/${webId}`),
    });
  },
};

function pointByPathParameter(call: Call): Answer {
  const path = call.query.required('path');
  const point = pointByPath(call.world.plant, bare(path));
  if (point === undefined) throw notFound(`PI Point not found '${path}'.`);
  return objectAnswer(call, pointMembers, point);
}

export const pointRoutes: readonly Route[] = [
  {
    operation: 'GET /points',
    parameters: ['path'],
    answers: 'Point',
    handle: pointByPathParameter,
  },
  {
    operation: 'GET /points/{webId}',
    parameters: [],
    answers: 'Point',
    handle: (call) =>
      objectAnswer(
        call,
        pointMembers,
        resolvePoint(call.world.plant, call.path['webId'] ?? ''),
      ),
  },
];
