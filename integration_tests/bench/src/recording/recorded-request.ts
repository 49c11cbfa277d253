import {ticksOf} from './ticks';

/** One `GET streamsets/recorded` of a batch: events in `[from, to]`, the earliest first. */
export interface RecordedRequest {
  readonly id: string;
  readonly webIds: readonly string[];
  /** In ticks; both ends belong to it. */
  readonly from: number;
  readonly to: number;
  /** For each WebID. */
  readonly maxCount: number;
  readonly selectedFields: string;
}

interface BatchEntry {
  readonly Method?: unknown;
  readonly Resource?: unknown;
}

/** Above it PI Web API refuses, as it is shipped. */
const MAX_RETURNED_ITEMS = 150_000;

const KNOWN = new Set([
  'webId',
  'startTime',
  'endTime',
  'boundaryType',
  'maxCount',
  'webIdType',
  'selectedFields',
]);

/**
 * The requests of the body of a `POST /batch`, if all of them are plain questions for
 * recorded values inside of a window; undefined for any other batch.
 */
export function recordedRequests(body: string): readonly RecordedRequest[] | undefined {
  const entries = Object.entries(JSON.parse(body) as Record<string, BatchEntry>);
  const requests = entries.flatMap(([id, entry]) => requestOf(id, entry) ?? []);
  const isWhole = requests.length === entries.length && entries.length > 0;
  return isWhole ? requests : undefined;
}

function requestOf(id: string, entry: BatchEntry): RecordedRequest | undefined {
  const {Method: method, Resource: resource, ...others} = entry;
  if (method !== 'GET' || typeof resource !== 'string') return undefined;
  const {pathname, searchParams: query} = new URL(resource);
  const isKnown = [...query.keys()].every((name) => KNOWN.has(name));
  const isAlone = Object.keys(others).length === 0;
  if (!isKnown || !isAlone || !pathname.endsWith('/streamsets/recorded')) {
    return undefined;
  }
  return asked(id, query);
}

function asked(id: string, query: URLSearchParams): RecordedRequest | undefined {
  const text = (name: string): string => query.get(name) ?? '';
  const [from, to] = [ticksOf(text('startTime')), ticksOf(text('endTime'))];
  const maxCount = Number(text('maxCount'));
  if (from === undefined || to === undefined || from > to) return undefined;
  if (!(maxCount >= 1 && maxCount <= MAX_RETURNED_ITEMS)) return undefined;
  if (text('boundaryType') !== 'Inside' || text('webIdType') !== 'IDOnly') {
    return undefined;
  }
  const webIds = query.getAll('webId');
  return {id, webIds, from, to, maxCount, selectedFields: text('selectedFields')};
}
