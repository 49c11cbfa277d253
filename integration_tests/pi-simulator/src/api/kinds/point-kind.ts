import {pointByPath} from '../../plant/lookup';
import {type Point, pointIdentity, pointPath} from '../../plant/point';
import {type Kind} from '../kind';
import {links, type Members, webIdOf} from '../members';
import {streamLinks} from '../stream-links';

/** The point source of every point, as the interface that writes them is called. */
export const POINT_SOURCE = 'SIM';

const pointMembers: Members<Point> = {
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

export const pointKind: Kind<Point> = {
  title: 'PI Point',
  marker: 'DP',
  members: pointMembers,
  find: ({plant}, {guids, pointId = 0}) => {
    const server = plant.dataServers.find((candidate) => candidate.guid === guids[0]);
    return server?.point(pointId);
  },
  findByPath: ({plant}, path) => pointByPath(plant, path),
};
