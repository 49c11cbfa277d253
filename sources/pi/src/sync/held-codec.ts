import type {JsonObject} from 'airbyte-cdk-ts';
import {z} from 'zod';

import {HeldPoints, MOST_SPANS} from './held-points';
import {instant} from './instant-codec';
import {bytes} from './point-codec';
import type {PointSet} from './point-set';

/** What is held back, as it travels: its spans, and half a byte a point in base64. */
export function encodeHeld({indexes, spans}: HeldPoints): JsonObject {
  const packed = Buffer.alloc(Math.ceil(indexes.length / 2));
  for (const [at, index] of indexes.entries()) {
    packed[at >> 1] = (packed[at >> 1] ?? 0) | (index << (4 * (at & 1)));
  }
  return {
    spans: spans.map(({since, until}) => [since, until]),
    points: packed.toString('base64'),
  };
}

export const storedHeld = z.object({
  spans: z.array(z.tuple([instant, instant])).max(MOST_SPANS),
  points: bytes,
});

/** What `encodeHeld` wrote of these points. */
export function heldOf(
  {spans, points: packed}: z.output<typeof storedHeld>,
  points: PointSet,
): HeldPoints | 'damaged' {
  if (packed.length !== Math.ceil(points.size / 2)) return 'damaged';
  const indexes = Uint8Array.from(
    {length: points.size},
    (_, at) => ((packed[at >> 1] ?? 0) >> (4 * (at & 1))) & 15,
  );
  const isKnown = indexes.every((index) => index <= spans.length);
  if (!isKnown) return 'damaged';
  const held = spans.map(([since, until]) => ({since, until}));
  return new HeldPoints(points, indexes, held);
}
