import {encodeWebId, type Identity} from '../identity/web-id';
import {
  type AfAttribute,
  attributeIdentity,
  type AttributeSource,
} from '../plant/asset-model';
import {type Point, pointIdentity} from '../plant/point';
import {badRequest, notFound} from './api-error';
import {findByParts} from './kind';
import {attributeKind} from './kinds/attribute-kind';
import {pointKind} from './kinds/point-kind';
import {readWebId} from './resolve';
import {type World} from './world';

/** Something whose values can be read: a point, or an attribute. */
export interface Stream {
  readonly identity: Identity;
  readonly name: string;
  /** Path of the resource below the API's root, for `Links.Source`. */
  readonly resource: 'points' | 'attributes';
  /** Abbreviation of the unit of measure; points have none that AF knows. */
  readonly units: string;
  readonly source: AttributeSource;
}

function pointStream(point: Point): Stream {
  return {
    identity: pointIdentity(point),
    name: point.name,
    resource: 'points',
    units: '',
    source: {kind: 'point', point},
  };
}

export function attributeStream(attribute: AfAttribute): Stream {
  return {
    identity: attributeIdentity(attribute),
    name: attribute.name,
    resource: 'attributes',
    units: attribute.unit?.abbreviation ?? '',
    source: attribute.source,
  };
}

/**
 * The stream of a WebID, whatever its kind; undefined where it points at nothing.
 *
 * @throws ApiError 400 for text that is no WebID of a stream.
 */
export function findStream(world: World, webId: string): Stream | undefined {
  const parts = readWebId(webId, ['DP', 'Ab']);
  if (parts.marker === 'DP') {
    const point = findByParts(pointKind, world, parts);
    return point && pointStream(point);
  }
  const attribute = findByParts(attributeKind, world, parts);
  return attribute && attributeStream(attribute);
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

/** Points know no unit of measure to convert to. */
export function refuseUnits(
  {resource}: Stream,
  desiredUnits: string | undefined,
): void {
  if (desiredUnits === undefined || resource !== 'points') return;
  throw badRequest('The desired units of measure cannot be applied to a PI Point.');
}
