import type {JsonObject} from 'airbyte-cdk-ts';
import {z} from 'zod';

import {type PointId, PointSet} from './point-set';

/**
 * A set of points as it travels in a state: per data server its ascending point numbers
 * as differences, each a base-128 varint, in base64. About 1.4 bytes a point in a plant
 * with dense numbers. Equal sets, equal text.
 */
export function encodePoints(points: PointSet): JsonObject {
  const servers: Record<string, string> = {};
  for (const [server, ids] of points.byServer()) servers[server] = encodeIds(ids);
  return servers;
}

function encodeIds(ids: Int32Array): string {
  const bytes: number[] = [];
  let previous = 0;
  for (const id of ids) {
    let rest = id - previous;
    for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
    bytes.push(rest);
    previous = id;
  }
  return Buffer.from(bytes).toString('base64');
}

/** Bytes in base64 as this connector writes it. */
export const bytes = z.string().transform((text, context) => {
  const decoded = Buffer.from(text, 'base64');
  if (decoded.toString('base64') === text) return decoded;
  context.addIssue('not base64');
  return z.NEVER;
});

/** The set of points that `encodePoints` wrote. */
export const points = z.record(z.string(), bytes).transform((servers, context) => {
  const all: PointId[] = [];
  for (const [serverId, encoded] of Object.entries(servers)) {
    for (const pointId of decodeIds(encoded) ?? [-1]) all.push({serverId, pointId});
  }
  if (all.every(({pointId}) => pointId >= 0)) return PointSet.of(all);
  context.addIssue('not a list of point numbers');
  return z.NEVER;
});

function decodeIds(encoded: Buffer): number[] | undefined {
  const ids: number[] = [];
  let id = 0;
  let difference = 0;
  let factor = 1;
  for (const byte of encoded) {
    difference += (byte & 127) * factor;
    factor *= 128;
    if (byte > 127) continue;
    id += difference;
    if (id > 0x7fff_ffff) return undefined;
    ids.push(id);
    difference = 0;
    factor = 1;
  }
  return factor === 1 ? ids : undefined;
}
