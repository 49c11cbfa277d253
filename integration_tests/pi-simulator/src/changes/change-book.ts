import {encodeWebId} from '../identity/web-id';
import {pointIdentity, type Point} from '../plant/point';
import {UsageError} from '../plant/usage-error';
import {formatFull} from '../time/ticks';
import {faultOf, type Change, type ChangeRecord} from './change';
import {pointOf, type ChangedWorld} from './changed-world';
import {changeElement, isElementChange} from './element-changes';
import {changeEvents, isEventChange} from './event-changes';
import {changeFrame, isFrameChange} from './frame-changes';
import {addPoint, changePoint} from './point-changes';

/** Makes changes and keeps the account of them. */
export class ChangeBook {
  private readonly records: ChangeRecord[] = [];

  constructor(private readonly world: ChangedWorld) {}

  /**
   * Makes a change at the clock's now.
   *
   * @throws UsageError for what cannot be changed so; nothing has changed then.
   */
  make(change: Change): ChangeRecord {
    const fault = faultOf(change);
    if (fault !== undefined)
      throw new UsageError(`The change cannot be made: ${fault}`);
    const record: ChangeRecord = {
      at: formatFull(this.world.archive.now()),
      ...change,
      ...this.apply(change),
    };
    this.records.push(record);
    return record;
  }

  /** Every change so far, the earliest first. */
  all(): readonly ChangeRecord[] {
    return [...this.records];
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
