import {type Archive} from '../../archive/archive';
import {eventAfter, eventBefore, noData} from '../../archive/interpolation';
import {type ArchiveEvent} from '../../plant/archive-event';
import {type Point} from '../../plant/point';
import {type Ticks} from '../../time/ticks';

/** Which stored value stands for an instant. */
export type RetrievalMode =
  'Auto' | 'AtOrBefore' | 'Before' | 'AtOrAfter' | 'After' | 'Exact';

export const RETRIEVAL_MODES: readonly RetrievalMode[] = [
  ...(['Auto', 'AtOrBefore', 'Before', 'AtOrAfter', 'After', 'Exact'] as const),
];

/** What is said where an instant must have a stored value and has none. */
export const NOTHING_STORED = 'No recorded value exists at the exact time.';

/**
 * The stored event that stands for an instant. Where there is none it is No Data, and
 * undefined for `Exact`, which takes nothing in its place.
 */
export function recordedAt(
  archive: Archive,
  point: Point,
  {at, mode}: {readonly at: Ticks; readonly mode: RetrievalMode},
): ArchiveEvent | undefined {
  const before = (strictly: boolean): ArchiveEvent | undefined =>
    eventBefore(archive, point, {at, strictly});
  const after = (strictly: boolean): ArchiveEvent | undefined =>
    eventAfter(archive, point, strictly ? at : at - 1);
  const find: Readonly<Record<RetrievalMode, () => ArchiveEvent | undefined>> = {
    Auto: () => before(false) ?? after(false),
    AtOrBefore: () => before(false),
    Before: () => before(true),
    AtOrAfter: () => after(false),
    After: () => after(true),
    Exact: () => exactly(at, after(false)),
  };
  return find[mode]() ?? (mode === 'Exact' ? undefined : noData(at));
}

function exactly(at: Ticks, event: ArchiveEvent | undefined): ArchiveEvent | undefined {
  return event?.ticks === at ? event : undefined;
}
