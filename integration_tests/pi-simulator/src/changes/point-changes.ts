import {type Point} from '../plant/point';
import {storedPointFacts, type StoredPoint} from '../plant/stored-point';
import {formatFull} from '../time/ticks';
import {type ChangedWorld, type KeptPoint} from './changed-world';

/** A change of the points that exist, or that callers can see. */
export type PointChange =
  | {
      readonly action: 'add_point';
      /** Without events, its first one is `Pt Created`, now. */
      readonly stored: StoredPoint;
    }
  | {readonly action: 'rename_point'; readonly point: string; readonly name: string}
  | {
      /** For good: its WebID answers 404, and its id is never used again. */
      readonly action: 'remove_point';
      readonly point: string;
    }
  | {
      /** As when the caller loses the right to read it. */
      readonly action: 'hide_point';
      readonly point: string;
    }
  | {readonly action: 'show_point'; readonly point: string};

const PT_CREATED = 253;

/** @throws UsageError for a name that is taken. */
export function changePoint(
  {server, point}: KeptPoint,
  change: Exclude<PointChange, {readonly action: 'add_point'}>,
): void {
  switch (change.action) {
    case 'rename_point':
      server.rename(point, change.name);
      return;
    case 'remove_point':
      server.remove(point);
      return;
    case 'hide_point':
      server.setHidden(point, true);
      return;
    case 'show_point':
      server.setHidden(point, false);
  }
}

/** @throws UsageError for a point that cannot be. */
export function addPoint(
  {plant, archive}: ChangedWorld,
  {stored}: PointChange & {readonly action: 'add_point'},
): Point {
  const created = {timestamp: formatFull(archive.now()), value: {system: PT_CREATED}};
  const {events} = stored;
  const facts = storedPointFacts({
    ...stored,
    events: events.length === 0 ? [created] : events,
  });
  return plant.serverNamed(stored.server).add(facts);
}
