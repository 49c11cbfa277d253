import type {Verdict} from './audit';
import type {PiPoint} from './pi-point';
import type {PiTimestamp} from './pi-timestamp';
import {pointKey} from './point-set';

/** What the audit found of one point between two instants, the second exclusive. */
export interface AuditRow extends Verdict {
  /** Undefined where the row stands for many points. */
  readonly point: PiPoint | undefined;
  readonly from: PiTimestamp;
  readonly to: PiTimestamp;
  readonly events: number;
  /** Whether the span was read a second time. */
  readonly wasReread: boolean;
}

/** How many spans came to which verdict. */
export type VerdictCounts = Readonly<Record<Verdict['verdict'], number>>;

/** Rows a point may have; what comes after is added to its last one. */
const ROWS_PER_POINT = 8;
const SEVERAL = 'Several windows together';
const GRAVITY: Readonly<Record<Verdict['verdict'], number>> = {
  equal: 0,
  not_counted: 1,
  differs: 2,
};

/**
 * What the audit of a sync found, in few rows: windows of a point that follow each other
 * and say the same are one, those that differ stay apart. Bounded by the number of
 * audited points.
 */
export class AuditRows {
  private readonly byPoint = new Map<string, AuditRow[]>();
  /** Spans that were not counted because nobody asked any more. */
  private unasked: AuditRow | undefined;
  private readonly spans = {equal: 0, differs: 0, not_counted: 0};

  get counts(): VerdictCounts {
    return this.spans;
  }

  add(row: AuditRow & {readonly point: PiPoint}): void {
    this.spans[row.verdict] += 1;
    const key = pointKey(row.point);
    const rows = this.byPoint.get(key);
    if (rows === undefined) this.byPoint.set(key, [row]);
    else addTo(rows, row);
  }

  /** Spans of any points that nobody asks PI to count; one row for all of them. */
  addUnasked(row: Omit<AuditRow, 'point'>): void {
    this.spans.not_counted += 1;
    const whole = {...row, point: undefined};
    this.unasked = this.unasked === undefined ? whole : together(this.unasked, whole);
  }

  /** All rows, in the order in which the points came. */
  *all(): Generator<AuditRow, void, void> {
    for (const rows of this.byPoint.values()) yield* rows;
    if (this.unasked !== undefined) yield this.unasked;
  }

  get size(): number {
    let size = this.unasked === undefined ? 0 : 1;
    for (const rows of this.byPoint.values()) size += rows.length;
    return size;
  }
}

function addTo(rows: AuditRow[], row: AuditRow): void {
  const last = rows.length - 1;
  const same = rows.findIndex(({from}) => from === row.from);
  const known = rows[same >= 0 ? same : last];
  if (known === undefined) return;
  // The same window again: what was found last counts.
  if (same >= 0) rows[same] = known.to === row.to ? row : together(known, row);
  else if (follows(known, row) || rows.length >= ROWS_PER_POINT) {
    rows[last] = together(known, row);
  } else rows.push(row);
}

function follows(last: AuditRow, next: AuditRow): boolean {
  return (
    last.to === next.from &&
    last.verdict !== 'differs' &&
    last.verdict === next.verdict &&
    (last.verdict === 'equal' || last.reason === next.reason) &&
    last.wasReread === next.wasReread
  );
}

/** Both in one row, which says the graver of the two. */
function together(a: AuditRow, b: AuditRow): AuditRow {
  const graver = GRAVITY[b.verdict] > GRAVITY[a.verdict] ? b : a;
  return {
    ...graver,
    from: a.from < b.from ? a.from : b.from,
    to: a.to > b.to ? a.to : b.to,
    events: a.events + b.events,
    counted: sum(a.counted, b.counted),
    wasReread: a.wasReread || b.wasReread,
    reason: reasonOf(a, b, graver),
  };
}

function reasonOf(a: AuditRow, b: AuditRow, graver: AuditRow): string | undefined {
  if (a.reason === b.reason) return a.reason;
  // Which events PI counts shows only where some are not good.
  if (graver.verdict === 'equal') return a.reason ?? b.reason;
  return ofSeveral(graver.reason);
}

function ofSeveral(reason: string | undefined): string {
  if (reason?.startsWith(SEVERAL) === true) return reason;
  return reason === undefined
    ? `${SEVERAL}.`
    : `${SEVERAL}, of one of which holds: ${reason}`;
}

/** Undefined as soon as one is: a sum of some would look like a count of all. */
function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}
