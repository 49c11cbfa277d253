import {fraction, mix, mixAll} from '../chance/hash';
import {quantizeToPoint, type Ticks} from '../time/ticks';
import {type DataServer, type Mounting, type Point} from './point';
import {KIND_CYCLE, type SensorKind} from './sensor-kinds';
import {type ComputedSeries} from './series';
import {unitLabel, unitOfEquipment, type Site} from './sites';

/** What the computed points of a site depend on. */
export interface SitePointsOptions {
  readonly seed: number;
  readonly historyStart: Ticks;
  /** The archive the site writes to; its list of points is being filled. */
  readonly server: DataServer;
  /** The id of the first point. */
  readonly firstId: number;
}

/** The points of one site, in the order of their ids. */
export function sitePoints(site: Site, options: SitePointsOptions): Point[] {
  const seen = new Map<string, number>();
  return Array.from({length: site.pointCount}, (_, ordinal) => {
    const kind = KIND_CYCLE[ordinal % KIND_CYCLE.length] ?? KIND_CYCLE[0];
    if (kind === undefined) throw new RangeError('No kinds of sensors');
    const equipment = ordinal % site.equipmentCount;
    const key = `${equipment}|${kind.attribute}`;
    const repeat = (seen.get(key) ?? 0) + 1;
    seen.set(key, repeat);
    const attribute = repeat === 1 ? kind.attribute : `${kind.attribute} ${repeat}`;
    const mounting = {site: site.index, equipment, attribute};
    return sensor({site, ordinal, kind, mounting}, options);
  });
}

/** What a sensor that is added to a running plant depends on. */
export interface NewSensor {
  readonly seed: number;
  /** Tells it from all other sensors that are added. */
  readonly number: number;
  readonly created: Ticks;
  readonly server: DataServer;
  readonly id: number;
}

/** A sensor that is added to a running plant, mounted nowhere; its history begins then. */
export function newSensor({seed, number, created, server, id}: NewSensor): Point {
  const salt = mixAll(seed, 'new-sensor', number);
  const kind = KIND_CYCLE[salt % 6] ?? KIND_CYCLE[0];
  if (kind === undefined) throw new RangeError('No kinds of sensors');
  const label = `New-${number}`;
  return {
    ...{server, id, name: `New.${kind.code}-${number}`, mounting: undefined},
    ...{descriptor: `${kind.descriptor} addition ${number}`, type: kind.type},
    ...{units: kind.units, zero: kind.zero, span: kind.span},
    ...{step: kind.step ?? false, future: false, digitalSet: ''},
    series: {
      ...{origin: 'computed', kind, salt, label, created: quantizeToPoint(created)},
      phase: fraction(mix(salt, 7)) * 2 * Math.PI,
    },
  };
}

interface Place {
  readonly site: Site;
  readonly ordinal: number;
  readonly kind: SensorKind;
  readonly mounting: Mounting;
}

function sensor(place: Place, options: SitePointsOptions): Point {
  const {site, ordinal, kind, mounting} = place;
  const unit = unitLabel(unitOfEquipment(mounting.equipment));
  return {
    server: options.server,
    id: options.firstId + ordinal,
    name: pointName(place, unit),
    descriptor: `${kind.descriptor} ${site.name} ${unit} equipment ${mounting.equipment + 1}`,
    type: kind.type,
    units: kind.units,
    zero: kind.zero,
    span: kind.span,
    step: kind.step ?? false,
    future: kind.future ?? false,
    digitalSet: kind.digitalSet ?? '',
    series: series(place, unit, options),
    mounting,
  };
}

/** Most names are plain; some hold what real tags hold and URLs must escape. */
function pointName({site, ordinal, kind}: Place, unit: string): string {
  const number = String(ordinal + 1).padStart(3, '0');
  if (kind.shape === 'log') return `${site.name} ${unit} Log #${number} & notes`;
  if (kind.shape === 'spectrum')
    return `${site.name}.${unit}.Schwingungs+Prüfung_${number}%`;
  return `${site.name}.${unit}.${kind.code}-${number}`;
}

function series(
  {site, ordinal, kind}: Place,
  unit: string,
  {seed, historyStart}: SitePointsOptions,
): ComputedSeries {
  const salt = mixAll(seed, 'point', site.index, ordinal);
  return {
    origin: 'computed',
    kind,
    salt,
    label: `${site.name}-${unit}`,
    phase: fraction(mix(salt, 7)) * 2 * Math.PI,
    created: quantizeToPoint(historyStart + (ordinal % 600) * 1_234_567),
  };
}
