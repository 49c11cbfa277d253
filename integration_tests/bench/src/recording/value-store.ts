import {BenchError} from '../bench-error';
import {cutAnswer, type CutStream} from './answer-cut';
import {RECORDED_ORIGIN} from './answer-key';
import {recordedRequests, type RecordedRequest} from './recorded-request';
import {recordedExchanges, type RecordingReader} from './recording';

/** Bytes of the answers' file. */
export interface Range {
  readonly offset: number;
  readonly length: number;
}

/** Values of a point that stand one behind the other, commas between them. */
interface Segment extends Omit<CutStream, 'webId'> {
  /** Where the answer begins whose places these are. */
  readonly answer: number;
}

/** What was recorded of one point: every value once, in the order of time. */
class PointValues {
  readonly #segments: Segment[] = [];
  #to: number;

  constructor(private readonly from: number) {
    this.#to = from - 1;
  }

  /** Takes a page. A page begins with all events of its first instant, so it replaces them. */
  add(segment: Segment, {from, to, maxCount}: RecordedRequest): void {
    if (from > this.#to + 1) throw new BenchError('A recording has a gap.');
    const {ticks} = segment;
    const isCut = ticks.length >= maxCount;
    this.#to = Math.max(this.#to, isCut ? (ticks.at(-1) ?? from) - 1 : to);
    const [first] = ticks;
    if (first === undefined) return;
    this.#dropFrom(first);
    this.#segments.push(segment);
  }

  /** Where the values lie; undefined for a window that was not recorded as a whole. */
  ranges({from, to, maxCount}: RecordedRequest): readonly Range[] | undefined {
    if (from < this.from || to > this.#to) return undefined;
    const segments = this.#segments;
    const first = firstWhere(segments.length, (i) => lastTicks(segments[i]) >= from);
    const ranges: Range[] = [];
    let left = maxCount;
    for (const segment of segments.slice(first)) {
      const found = rangeOf(segment, {from, to, most: left});
      if (found.count === 0) break;
      ranges.push(found);
      left -= found.count;
    }
    return ranges;
  }

  #dropFrom(first: number): void {
    const segments = this.#segments;
    for (;;) {
      const last = segments.pop();
      if (last === undefined) return;
      const kept = firstWhere(last.ticks.length, (i) => at(last.ticks, i) >= first);
      if (kept === 0) continue;
      const ticks = last.ticks.subarray(0, kept);
      segments.push({...last, ticks, starts: last.starts.subarray(0, kept + 1)});
      return;
    }
  }
}

interface Window {
  readonly from: number;
  readonly to: number;
  readonly most: number;
}

function rangeOf(
  {ticks, starts, answer}: Segment,
  {from, to, most}: Window,
): Range & {readonly count: number} {
  const first = firstWhere(ticks.length, (i) => at(ticks, i) >= from);
  const beyond = firstWhere(ticks.length, (i) => at(ticks, i) > to);
  const count = Math.min(most, beyond - first);
  const start = at(starts, first);
  return {count, offset: answer + start, length: at(starts, first + count) - 1 - start};
}

const at = (values: Float64Array | Uint32Array, place: number): number =>
  values[place] ?? NaN;

const lastTicks = (segment: Segment | undefined): number =>
  segment?.ticks.at(-1) ?? Infinity;

/** The first place from which on a condition holds; `length` where it never does. */
function firstWhere(length: number, holds: (place: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * All values of a recording whose answers are not compressed, found by point and time.
 * The values themselves stay in the file of the answers; here are twelve bytes of each.
 */
export class ValueStore {
  readonly #points = new Map<string, PointValues>();
  /** What every request selected; undefined where nothing was asked. */
  #selectedFields: string | undefined;

  /** @throws BenchError for a recording that does not hold every value of its windows. */
  constructor(folder: string, reader: RecordingReader) {
    for (const exchange of recordedExchanges(folder)) {
      const {path, requestBody, status} = exchange;
      if (!path.endsWith('/batch') || status >= 400) continue;
      const requests = recordedRequests(requestBody);
      if (requests === undefined) continue;
      const ids = requests.map(({id}) => id);
      const answers = cutAnswer(reader.body(exchange, RECORDED_ORIGIN), ids);
      requests.forEach((request, place) => {
        this.#add(request, answers[place] ?? [], exchange.offset);
      });
    }
  }

  /** Where a point's values of a request lie; undefined where that was not recorded. */
  ranges(webId: string, request: RecordedRequest): readonly Range[] | undefined {
    if (request.selectedFields !== this.#selectedFields) return undefined;
    return this.#points.get(webId)?.ranges(request);
  }

  #add(request: RecordedRequest, streams: readonly CutStream[], answer: number): void {
    this.#selectedFields ??= request.selectedFields;
    for (const {webId, ...values} of streams) {
      const known = this.#points.get(webId) ?? new PointValues(request.from);
      this.#points.set(webId, known);
      known.add({...values, answer}, request);
    }
  }
}
