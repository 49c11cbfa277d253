import type {PiPoint} from './pi-point';

/** A point of a plant that exists for a test; `W7` is the WebID of number 7. */
export function floatPoint(pointId: number): PiPoint {
  return {
    serverId: 's',
    pointId,
    webId: `W${pointId}`,
    name: `point ${pointId}`,
    pointType: 'Float32',
    units: undefined,
    future: false,
  };
}
