import {fullInstant, type Instant} from '../instant';
import {linesOf} from '../play/messages';
import type {Bounds} from './bounds';
import type {Claims} from './claims';
import type {PointCase} from './point-case';
import type {Problems} from './problems';

/** A row of `tag_status`, as far as it is looked at. */
interface StatusRow {
  readonly tag_webid: string;
  readonly state: string;
  readonly complete_until?: string | null;
}

/** A row of `load_audit`, as far as it is looked at. */
interface AuditRow {
  readonly tag_name: string;
  readonly verdict: string;
  readonly window_start: string;
  readonly events_read: number;
  readonly events_counted?: number | null;
}

/** What a sync told of its points, besides their events. */
export interface ToldOfPoints {
  readonly statuses: ReadonlyMap<string, readonly StatusRow[]>;
  readonly audits: readonly AuditRow[];
}

export function toldOfPoints(text: string): ToldOfPoints {
  const statuses = new Map<string, StatusRow[]>();
  const audits: AuditRow[] = [];
  for (const line of linesOf(text)) {
    if (line.kind !== 'record') continue;
    if (line.stream === 'load_audit') audits.push(JSON.parse(line.data) as AuditRow);
    if (line.stream !== 'tag_status') continue;
    const row = JSON.parse(line.data) as StatusRow;
    statuses.set(row.tag_webid, [...(statuses.get(row.tag_webid) ?? []), row]);
  }
  return {statuses, audits};
}

/** A sync that came to its end. */
export interface Standings {
  readonly attempt: number;
  readonly told: ToldOfPoints;
  readonly cases: readonly PointCase[];
  readonly claims: Claims;
  readonly bounds: Bounds;
  /** Whether nothing failed or changed that could explain a difference. */
  readonly isUndisturbed: boolean;
}

/** Every point has one row, and the row says what the state says. */
export function judgeStandings(standings: Standings, problems: Problems): void {
  const {attempt, told, cases, isUndisturbed} = standings;
  for (const {truth} of cases) {
    if (!truth.isVisibleThroughout(attempt)) continue;
    const {key, names, webId} = truth.known;
    const rows = told.statuses.get(webId) ?? [];
    const fault = faultOf(rows, key, standings);
    const at = `attempt ${attempt}, "${names.at(-1)?.name}"`;
    if (fault !== undefined)
      problems.add('not named', `${at}: ${fault}: ${JSON.stringify(rows)}.`);
  }
  const differing = told.audits.filter(({verdict}) => verdict === 'differs');
  for (const row of isUndisturbed ? differing : []) {
    problems.add(
      'miscounted',
      `attempt ${attempt}: ${JSON.stringify(row)}, with nothing amiss.`,
    );
  }
}

/** What a row may say of a point that is delivered to the end of the sync. */
const WHOLE: ReadonlySet<string> = new Set(['healthy', 'no_data', 'new']);

function faultOf(
  rows: readonly StatusRow[],
  key: string,
  {claims, bounds}: Standings,
): string | undefined {
  const [row, ...more] = rows;
  if (row === undefined || more.length > 0) return 'there is not one row';
  const claim = claims.cursor(key);
  const until: Instant = fullInstant(row.complete_until ?? '');
  if (until !== claim) return `the state says ${claim}`;
  const isWhole = !claims.isLaggard(key) && claim >= bounds.leastEnd;
  return isWhole === WHOLE.has(row.state) ? undefined : 'the state says another thing';
}
