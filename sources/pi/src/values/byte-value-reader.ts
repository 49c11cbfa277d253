import {cutAnswer} from './answer-cut';
import {byteAnswer} from './byte-events';
import {type ByteEvents, EventIndex} from './event-index';
import {EventScanner} from './event-scanner';
import {NOWHERE, skipToEnd} from './json-skip';
import {
  type AnswerOfItems,
  answersIn,
  itemsAnswer,
  plainValueReader,
} from './plain-value-reader';
import {SlotMemory} from './slot-memory';
import type {ValueReader} from './value-reader';

/** What an event's place in its body can say; far more than is ever taken in. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The reader that copies bytes. Timestamps and numbers go into the lines as they stand
 * in the answer; values of another kind are parsed each by itself, and whatever is not
 * of PI's usual form as a whole is left to `plainValueReader`. For every body both give
 * the same lines.
 */
export class ByteValueReader implements ValueReader {
  /** Values whose text was copied. */
  copied = 0;
  /** Values that were parsed, or are equal to one that was. */
  parsed = 0;
  /** Answers that were left to `plainValueReader`. */
  leftToPlain = 0;
  private readonly memory = new SlotMemory();
  /** Of bodies whose answers are in use. */
  private readonly indexes = new WeakMap<Buffer, EventIndex>();

  open(
    ...[body, requests]: Parameters<ValueReader['open']>
  ): ReturnType<ValueReader['open']> {
    const cut = body.length > MOST_BYTES ? undefined : this.cut(body);
    const document = parsed(cut?.document);
    if (cut === undefined || document === undefined) {
      this.leftToPlain += 1;
      this.release(body);
      return plainValueReader.open(body, requests);
    }
    const {length, parsed: ofIndex} = cut.index;
    this.copied += length - ofIndex;
    this.parsed += ofIndex + cut.items;
    return answersIn(document, requests, answerOfCut(cut.arrays));
  }

  release(body: Buffer): void {
    this.indexes.get(body)?.release();
    this.indexes.delete(body);
  }

  private cut(body: Buffer): Cut | undefined {
    const index = new EventIndex(body, this.memory);
    this.indexes.set(body, index);
    return cutOf(index);
  }
}

interface Cut {
  readonly document: string;
  readonly index: EventIndex;
  readonly arrays: readonly CutArray[];
  /** How many values of them were parsed with their array. */
  readonly items: number;
}

/** An array of events, or of what had to be parsed as a whole. */
type CutArray = ByteEvents | readonly unknown[];

function cutOf(index: EventIndex): Cut | undefined {
  const {body} = index;
  const scanner = new EventScanner(index);
  const arrays: CutArray[] = [];
  let itemCount = 0;
  const document = cutAnswer(body, (from) => {
    const events = scanner.scan(from);
    if (events !== undefined) {
      arrays.push(events);
      return scanner.stop;
    }
    const stop = skipToEnd(body, from);
    const items = parsed(
      body.toString('utf8', from - 1, stop === NOWHERE ? from : stop),
    );
    if (!Array.isArray(items)) return NOWHERE;
    arrays.push(items as readonly unknown[]);
    itemCount += items.length;
    return stop;
  });
  return document === undefined
    ? undefined
    : {document, index, arrays, items: itemCount};
}

function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function answerOfCut(arrays: readonly CutArray[]): AnswerOfItems {
  return ([cut], point, boundary) => {
    const events = arrays[cut as number] ?? [];
    if (Array.isArray(events)) return itemsAnswer(events, point, boundary);
    return byteAnswer(events as ByteEvents, point, boundary);
  };
}
