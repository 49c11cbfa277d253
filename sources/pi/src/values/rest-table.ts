import type {PiTimestamp} from '../sync/pi-timestamp';
import {type Part, repeats} from './byte-words';
import {hasErrors, type RawEvent} from './value-text';

/** What of an event stands behind its timestamp, or behind its number. */
export interface Rest {
  readonly id: number;
  /** All members that stand in it. */
  readonly event: RawEvent;
  /** The number stands before it and is not in `event`. */
  readonly isNumber: boolean;
  readonly hasErrors: boolean;
  /** Where the whole event had to be parsed; undefined where its bytes tell the time. */
  readonly timestamp: PiTimestamp | undefined;
}

/** A rest, and where its bytes stand in the body. */
interface Known extends Part {
  readonly rest: Rest;
}

const MOST_RECENT = 8;

/**
 * The different rests of the events of a body. Most events end like one of the few
 * before them, byte for byte: those are parsed once.
 */
export class RestTable {
  private readonly rests: Rest[] = [];
  private readonly numbers: Known[] = [];
  private readonly others: Known[] = [];

  constructor(private readonly view: DataView) {}

  get(id: number): Rest {
    const rest = this.rests[id];
    if (rest === undefined) throw new RangeError('The body has no such rest.');
    return rest;
  }

  /**
   * The rest that stands at a position if it is one of the latest of its kind. `stop`
   * is behind it then.
   */
  find(at: number, isNumber: boolean): Rest | undefined {
    const recent = isNumber ? this.numbers : this.others;
    for (let index = 0; index < recent.length; index += 1) {
      const known = recent[index];
      if (known === undefined || !repeats(this.view, at, known)) continue;
      if (index > 0) recent.unshift(...recent.splice(index, 1));
      this.stop = at + known.length;
      return known.rest;
    }
    return undefined;
  }
  stop = 0;

  /** Adds what stands from `at` up to `stop`. */
  add(
    event: RawEvent,
    [at, stop]: readonly [number, number],
    kind: Pick<Rest, 'isNumber' | 'timestamp'>,
  ): Rest {
    const id = this.rests.length;
    const rest = {id, event, hasErrors: hasErrors(event), ...kind};
    this.rests.push(rest);
    this.stop = stop;
    if (kind.timestamp !== undefined) return rest;
    const recent = kind.isNumber ? this.numbers : this.others;
    recent.unshift({rest, at, length: stop - at});
    if (recent.length > MOST_RECENT) recent.pop();
    return rest;
  }
}
