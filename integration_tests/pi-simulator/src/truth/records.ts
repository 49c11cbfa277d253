import {UsageError} from '../plant/usage-error';
import {parseIso, type Ticks} from '../time/ticks';
import {truth, type TruthStream} from './truth';
import {type TruthSource} from './truth-source';

/** A window of time in ISO 8601, the end not included. */
export interface TruthWindow {
  readonly from: string;
  readonly to: string;
  /**
   * `leave_out` leaves out the newest event of each point: the snapshot, which
   * compression may yet discard. Of several on one instant only the last is left out.
   */
  readonly snapshot?: 'include' | 'leave_out';
}

/**
 * The truth of a running simulator, or of a scene, as pieces of NDJSON text; a piece
 * ends at a line's end.
 *
 * @throws UsageError for a window that is no time.
 */
export function truthLines(
  scene: TruthSource,
  stream: TruthStream,
  {from, to, ...how}: TruthWindow,
): Iterable<string> {
  return truth(scene, stream, {from: instant(from), to: instant(to), ...how});
}

/** The same as parsed records, one at a time. */
export function* truthRecords(
  scene: TruthSource,
  stream: TruthStream,
  window: TruthWindow,
): Generator<Record<string, unknown>> {
  for (const piece of truthLines(scene, stream, window)) {
    for (const line of piece.split('\n')) {
      if (line !== '') yield JSON.parse(line) as Record<string, unknown>;
    }
  }
}

function instant(text: string): Ticks {
  const ticks = parseIso(text);
  if (ticks === undefined)
    throw new UsageError(`"${text}" is not an ISO 8601 timestamp.`);
  return ticks;
}
