import {type EventFrame} from '../../plant/event-frame';
import {type World} from '../world';

/** The frame of a GUID, if it has begun. */
export function findFrame({plant, clock}: World, guid: string): EventFrame | undefined {
  for (const frames of plant.assets.eventFrames) {
    const frame = frames.find(guid, clock.now());
    if (frame !== undefined) return frame;
  }
  return undefined;
}

/** The frame of a path without the leading backslashes, in any case. */
export function findFrameByPath(world: World, path: string): EventFrame | undefined {
  const wanted = path.toUpperCase();
  return allFrames(world).find((frame) => frame.path.slice(2).toUpperCase() === wanted);
}

function allFrames({plant, clock}: World): readonly EventFrame[] {
  const now = clock.now();
  return plant.assets.eventFrames.flatMap((frames) => [
    ...frames.overlapping({from: -Infinity, to: now, now}),
  ]);
}
