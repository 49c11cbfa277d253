import {encodeWebId} from '../identity/web-id';
import {pointIdentity, type Point} from '../plant/point';
import {UsageError} from '../plant/usage-error';
import {newSensor} from '../plant/points';
import {formatFull, type Ticks} from '../time/ticks';
import {faultOf, type Change, type ChangeRecord} from './change';
import {pointOf, type ChangedWorld} from './changed-world';
import {changeElement, isElementChange} from './element-changes';
import {changeEvents, isEventChange} from './event-changes';
import {changeFrame, isFrameChange} from './frame-changes';
import {type LifeSchedule} from './life-schedule';
import {addPoint, changePoint} from './point-changes';

/** Makes changes by hand and by schedule, and keeps the account of them. */
export class ChangeBook {
  private readonly records: ChangeRecord[] = [];
  private isCatchingUp = false;

  /** `world` as it is without being brought up to date; without `schedule`, by hand only. */
  constructor(
    private readonly world: ChangedWorld,
    private readonly schedule: LifeSchedule | undefined,
  ) {}

  /**
   * Makes a change at the clock's now.
   *
   * @throws UsageError for what cannot be changed so; nothing has changed then.
   */
  make(change: Change): ChangeRecord {
    const fault = faultOf(change);
    if (fault !== undefined)
      throw new UsageError(`The change cannot be made: ${fault}`);
    this.catchUp();
    return this.record(this.world.archive.now(), change, this.apply(change));
  }

  /** Makes the changes that the schedule has for the time up to now. */
  catchUp(): void {
    const {schedule, isCatchingUp} = this;
    if (schedule === undefined || isCatchingUp) return;
    const now = this.world.archive.now();
    this.isCatchingUp = true;
    for (let at = schedule.nextAt(); at <= now; at = schedule.nextAt()) {
      const change = schedule.take();
      if (change === undefined) continue;
      if (change.action !== 'new_sensor') this.record(at, change, this.apply(change));
      else this.record(at, {action: 'add_point'}, this.addSensor(change.slot, at));
    }
    this.isCatchingUp = false;
  }

  /** Every change so far, the earliest first. */
  all(): readonly ChangeRecord[] {
    this.catchUp();
    return [...this.records];
  }

  private record(
    at: Ticks,
    change: {readonly action: string},
    facts: Partial<ChangeRecord>,
  ): ChangeRecord {
    const record = {at: formatFull(at), ...change, ...facts};
    this.records.push(record);
    return record;
  }

  private addSensor(number: number, created: Ticks): Partial<ChangeRecord> {
    const {plant} = this.world;
    const server = plant.serverNamed(undefined);
    const id = server.nextId;
    const point = newSensor({seed: plant.seed, number, created, server, id});
    server.put(point);
    return factsOf(point);
  }

  /** Facts of a point are told as they were before the change. */
  private apply(change: Change): Partial<ChangeRecord> {
    const {world} = this;
    if (isElementChange(change)) return {...changeElement(world.plant, change)};
    if (isFrameChange(change)) return {...changeFrame(world, change)};
    if (change.action === 'add_point') return factsOf(addPoint(world, change));
    const kept = pointOf(world, change.point);
    const facts = factsOf(kept.point);
    if (isEventChange(change)) changeEvents(world, kept.point, change);
    else changePoint(kept, change);
    return facts;
  }
}

function factsOf(point: Point): Partial<ChangeRecord> {
  return {
    point: point.name,
    tag_webid: encodeWebId(pointIdentity(point), 'IDOnly'),
  };
}
