import type {StoredEvent, StoredPoint} from 'pi-simulator';

import type {Chance} from '../chance';
import {after, DAY, HOUR, type Instant, SECOND} from '../instant';
import type {Traits} from './traits';
import {offsetsOf} from './series';
import type {SourceSettings} from './story';
import {eventAt} from './values';

const ODD_ENDINGS = ['', '', '', '.PV', " 'a'", ' #1%', ' ü漢', '.a;b&c=d+e'];

const UNITS = ['', '', 'bar', '°C', 'm³/h'];

export interface PointsPlan {
  readonly begin: Instant;
  /** Ticks. */
  readonly length: number;
  readonly settings: Pick<SourceSettings, 'maxValuesPerResponse' | 'maxConcurrency'>;
}

/** The points of a story with their events. */
export function writePoints(
  traits: Traits,
  plan: PointsPlan,
  chance: Chance,
): StoredPoint[] {
  const count = chance.whole(...traits.points);
  return Array.from({length: count}, (_, place) =>
    writePoint({traits, plan, count, place}, chance.fork(`point ${place}`)),
  );
}

function writePoint(at: Place, chance: Chance): StoredPoint {
  const {traits, place} = at;
  const type = traits.types[place % traits.types.length] ?? 'Float64';
  const events = eventsOf(at, chance).map((instant) => eventAt(instant, type, chance));
  const isOdd = place % 2 === 1;
  return {
    name: `p${String(place + 1).padStart(2, '0')}${chance.one(ODD_ENDINGS)}`,
    type,
    units: chance.one(UNITS),
    server: traits.twoServers && isOdd ? 'PISRV02' : 'PISRV01',
    future: traits.future && !isOdd,
    compressed: traits.compressed,
    events: traits.compressed ? compressed(events, chance) : events,
  };
}

interface Place {
  readonly traits: Traits;
  readonly plan: PointsPlan;
  /** Of all points. */
  readonly count: number;
  readonly place: number;
}

function eventsOf({traits, plan, count, place}: Place, chance: Chance): Instant[] {
  const {begin} = plan;
  const isFuture = traits.future && place % 2 === 0;
  const length = isFuture ? plan.length + 3 * DAY : plan.length;
  const offsets = traits.fullPages
    ? fullHours(plan, count, chance)
    : offsetsOf(
        {
          shape:
            traits.shapes[(place + chance.whole(0, 1)) % traits.shapes.length] ??
            'steady',
          length,
          events: chance.whole(...traits.events),
        },
        chance,
      );
  return offsets.map((offset) => after(begin, offset));
}

/** As many events in each hour as a page of a group of such points may hold. */
function fullHours(
  {length, settings}: PointsPlan,
  count: number,
  chance: Chance,
): number[] {
  const {maxValuesPerResponse, maxConcurrency} = settings;
  const group = Math.max(1, Math.ceil(count / (maxConcurrency * 4)));
  const page = Math.min(400, Math.floor(maxValuesPerResponse / group));
  const pages = chance.whole(1, 2);
  const hours = Array.from({length: Math.floor(length / HOUR)}, (_, hour) => hour);
  return hours.flatMap((hour) =>
    Array.from(
      {length: page * pages},
      (_, n) =>
        hour * HOUR + Math.floor((n * HOUR) / (page * pages)) + (n % 3) * SECOND,
    ),
  );
}

/** Some events are discarded by compression as soon as a newer one arrives. */
function compressed(events: readonly StoredEvent[], chance: Chance): StoredEvent[] {
  return events.map((event, place) => {
    const isAlone = [events[place - 1], events[place + 1]].every(
      (other) => other?.timestamp !== event.timestamp,
    );
    return isAlone && chance.happens(0.3) ? {...event, ghost: true} : event;
  });
}
