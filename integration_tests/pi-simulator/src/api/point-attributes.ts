import {type Point} from '../plant/point';
import {formatTrimmed} from '../time/ticks';
import {POINT_SOURCE} from './kinds/point-kind';
import {type World} from './world';

/** The attributes of a point in the point database, by name in lower case. */
export function pointAttributes(
  {plant}: World,
  point: Point,
): Readonly<Record<string, string | number>> {
  const created = formatTrimmed(plant.historyStart);
  return {
    archiving: 1,
    changedate: created,
    compdev: 0.25,
    compressing: 1,
    creationdate: created,
    creator: 'piadmin',
    descriptor: point.descriptor,
    digitalset: point.digitalSet,
    displaydigits: -5,
    engunits: point.units,
    excdev: 0.1,
    future: point.future ? 1 : 0,
    pointid: point.id,
    pointsource: POINT_SOURCE,
    pointtype: point.type,
    ptclassname: 'classic',
    ptsecurity: 'piadmin: A(r,w) | piadmins: A(r,w) | PIWorld: A(r)',
    recno: point.id,
    scan: 1,
    shutdown: 1,
    span: point.span,
    step: point.step ? 1 : 0,
    tag: point.name,
    zero: point.zero,
  };
}
