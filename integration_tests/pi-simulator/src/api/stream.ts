import {encodeWebId, type Identity} from '../identity/web-id';
import {type ArchiveEvent} from '../plant/archive-event';
import {pointIdentity, type Point} from '../plant/point';
import {badRequest, notFound} from './api-error';
import {findPoint, readWebId} from './resolve';
import {type World} from './world';

/** Something whose values can be read: a point, or an attribute. */
export interface Stream {
  readonly identity: Identity;
  readonly name: string;
  /** Path of the resource below the API's root, for `Links.Source`: `points`. */
  readonly resource: 'points' | 'attributes';
  readonly source: StreamSource;
}

/** Where the values of a stream come from. */
export type StreamSource =
  | {readonly kind: 'point'; readonly point: Point}
  /** A value without a history. */
  | {readonly kind: 'constant'; valueAt(now: number): ArchiveEvent};

export function pointStream(point: Point): Stream {
  return {
    identity: pointIdentity(point),
    name: point.name,
    resource: 'points',
    source: {kind: 'point', point},
  };
}

/**
 * The stream of a WebID, whatever its kind; undefined where it points at nothing.
 *
 * @throws ApiError 400 for text that is no WebID of a stream.
 */
export function findStream(world: World, webId: string): Stream | undefined {
  const parts = readWebId(webId, ['DP']);
  const point = findPoint(world.plant, parts);
  return point && pointStream(point);
}

/** @throws ApiError 400 or 404. */
export function resolveStream(world: World, webId: string): Stream {
  const stream = findStream(world, webId);
  if (stream === undefined) throw missingStream(webId);
  return stream;
}

export function missingStream(webId: string): Error {
  return notFound(`The specified stream was not found: '${webId}'.`);
}

/** What fault rules for streams look at. */
export function streamSubject({identity, name}: Stream): string {
  return `${encodeWebId(identity, 'IDOnly')} ${name} ${identity.path}`;
}

/** Streams of points know no units of measure to convert to. */
export function refuseUnits(stream: Stream, desiredUnits: string | undefined): void {
  if (desiredUnits === undefined || stream.source.kind !== 'point') return;
  throw badRequest('The desired units of measure cannot be applied to a PI Point.');
}
