import {
  ANSWER_HEAD,
  ANSWER_TAIL,
  STREAM_HEAD,
  STREAM_MIDDLE,
  STREAM_TAIL,
} from './batch-text';
import {recordedRequests, type RecordedRequest} from './recorded-request';
import type {RecordingReader} from './recording';
import type {Range, ValueStore} from './value-store';

/** An answer as texts and places of values. */
type Piece = string | Range;

/**
 * Answers to batches that were never asked so, put together of recorded values by PI's
 * rules: both ends of a window belong to it, the earliest values come first, and each
 * point ends silently after `maxCount`. Bytes are copied, never read.
 */
export class ComposedAnswers {
  readonly #spare: Buffer[] = [];

  constructor(
    private readonly store: ValueStore,
    private readonly reader: RecordingReader,
  ) {}

  /** The answer to a batch; undefined where the recording does not hold it. */
  answer(body: string): Buffer | undefined {
    const requests = recordedRequests(body);
    if (requests === undefined) return undefined;
    const pieces: Piece[] = [];
    for (const request of requests) {
      pieces.push(`${pieces.length === 0 ? '{' : ','}${JSON.stringify(request.id)}`);
      if (!this.#add(pieces, request)) return undefined;
    }
    pieces.push('}');
    return this.#bytes(pieces);
  }

  #add(pieces: Piece[], request: RecordedRequest): boolean {
    pieces.push(ANSWER_HEAD);
    let separator = '';
    for (const webId of request.webIds) {
      const ranges = this.store.ranges(webId, request);
      if (ranges === undefined) return false;
      pieces.push(`${separator}${STREAM_HEAD}${webId}${STREAM_MIDDLE}`);
      ranges.forEach((range, place) => {
        if (place > 0) pieces.push(',');
        pieces.push(range);
      });
      pieces.push(STREAM_TAIL);
      separator = ',';
    }
    pieces.push(ANSWER_TAIL);
    return true;
  }

  /** Takes back the memory of an answer that was sent: new memory costs more than filling it. */
  sent(answer: Buffer): void {
    this.#spare.push(Buffer.from(answer.buffer));
  }

  /** One buffer for all, so that the kernel's copy of the file goes to where it is sent from. */
  #bytes(pieces: readonly Piece[]): Buffer {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const spare = this.#spare.pop();
    const isEnough = spare !== undefined && spare.length >= length;
    const memory = isEnough ? spare : Buffer.allocUnsafeSlow(2 * length);
    const bytes = memory.subarray(0, length);
    let at = 0;
    for (const piece of pieces) {
      if (typeof piece === 'string') bytes.write(piece, at, 'latin1');
      else this.reader.read(piece.offset, bytes.subarray(at, at + piece.length));
      at += piece.length;
    }
    return bytes;
  }
}
