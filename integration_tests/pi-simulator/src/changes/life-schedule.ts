import {fraction, mix, mixAll} from '../chance/hash';
import {type AfElement} from '../plant/asset-model';
import {type Plant} from '../plant/plant';
import {pointPath, type Point} from '../plant/point';
import {TICKS_PER_SECOND, type Ticks} from '../time/ticks';
import {type Change} from './change';

const HOUR = 3600 * TICKS_PER_SECOND;
/** One thing changes in each stretch of this length. */
const SLOT_TICKS = 6 * HOUR;
/** So many candidates are looked at before a stretch goes by without a change. */
const TRIES = 8;

/** What the schedule asks for; a new sensor has no form that a hand could write. */
export type LifeChange =
  Change | {readonly action: 'new_sensor'; readonly slot: number};

type Chance = (purpose: number) => number;

/**
 * The life of what exists: computed points are renamed, hidden for a while, removed and
 * added, elements move, are renamed and get a second parent. When and what follows from
 * the seed and from what there is at that time.
 */
export class LifeSchedule {
  private slot: number;
  private readonly salt: number;
  private readonly hidden: Point[] = [];

  /** `plant` as it is without being brought up to date. */
  constructor(
    private readonly plant: Plant,
    historyStart: Ticks,
  ) {
    this.salt = mixAll(plant.seed, 'life');
    this.slot = Math.ceil(historyStart / SLOT_TICKS);
  }

  /** When the next change is due. */
  nextAt(): Ticks {
    const hash = mix(this.salt, this.slot);
    return Math.floor((this.slot + fraction(mix(hash, 1))) * SLOT_TICKS);
  }

  /** The next change; undefined where nothing suits what there is. */
  take(): LifeChange | undefined {
    const hash = mix(this.salt, this.slot);
    const chance: Chance = (purpose) => fraction(mix(hash, purpose));
    const kind = KINDS[Math.floor(chance(2) * KINDS.length)] ?? 'rename';
    const change = this.changeOf(kind, chance);
    this.slot += 1;
    return change;
  }

  private changeOf(kind: LifeKind, chance: Chance): LifeChange | undefined {
    if (kind === 'appear') return {action: 'new_sensor', slot: this.slot};
    if (kind === 'show') return this.show();
    if (kind === 'move' || kind === 'refer' || kind === 'retitle')
      return this.elementChange(kind, chance);
    return this.pointChange(kind, chance);
  }

  private show(): Change | undefined {
    const point = this.hidden.shift();
    return point && {action: 'show_point', point: pointPath(point)};
  }

  private pointChange(
    kind: 'rename' | 'hide' | 'disappear',
    chance: Chance,
  ): Change | undefined {
    const point = this.anyPoint(chance);
    if (point === undefined) return undefined;
    const path = pointPath(point);
    if (kind === 'disappear') return {action: 'remove_point', point: path};
    if (kind === 'hide') {
      this.hidden.push(point);
      return {action: 'hide_point', point: path};
    }
    const name = `${point.name.replace(/_R\d+$/, '')}_R${this.slot}`;
    return {action: 'rename_point', point: path, name};
  }

  private anyPoint(chance: Chance): Point | undefined {
    const servers = this.plant.dataServers;
    const points = servers[Math.floor(chance(3) * servers.length)]?.points ?? [];
    return pick(points, chance, ({mounting}) => mounting !== undefined);
  }

  private elementChange(
    kind: 'move' | 'refer' | 'retitle',
    chance: Chance,
  ): Change | undefined {
    const all = this.plant.assets.databases[0]?.elements ?? [];
    const machine = pick(all, chance, ({depth}) => depth === 3);
    if (machine === undefined) return undefined;
    const element = machine.guid;
    if (kind === 'retitle') {
      const name = `${machine.name.replace(/ \(.*\)$/, '')} (${this.slot})`;
      return {action: 'rename_element', element, name};
    }
    const isOther = (unit: AfElement): boolean =>
      unit.depth === 2 && unit !== machine.parent && !hasNamesake(unit, machine);
    const other = pick(all, (purpose) => chance(purpose + 20), isOther);
    if (other === undefined) return undefined;
    const action = kind === 'move' ? 'move_element' : 'add_reference';
    return {action, element, parent: other.guid};
  }
}

type LifeKind =
  'rename' | 'hide' | 'show' | 'disappear' | 'appear' | 'move' | 'refer' | 'retitle';

const KINDS: readonly LifeKind[] = [
  ...(['rename', 'rename', 'hide', 'show', 'show', 'disappear'] as const),
  ...(['appear', 'move', 'move', 'refer', 'retitle'] as const),
];

/** One of a list that suits; undefined where a few tries find none. */
function pick<T>(
  list: readonly T[],
  chance: Chance,
  suits: (item: T) => boolean,
): T | undefined {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const item = list[Math.floor(chance(4 + attempt) * list.length)];
    if (item !== undefined && suits(item)) return item;
  }
  return undefined;
}

function hasNamesake({children}: AfElement, {name}: AfElement): boolean {
  return children.some((child) => child.name.toUpperCase() === name.toUpperCase());
}
