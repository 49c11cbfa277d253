import {isUtf8} from 'node:buffer';

import {SystemError, type ConnectorError} from '../errors';
import type {LinesAhead} from '../input/line-splitter';
import type {Emitter} from '../output/emitter';
import {streamKey, type StreamDescriptor} from '../protocol/catalog';
import {
  decodeLine,
  emittedAtMs,
  sourceRecordCount,
  stateStream,
  streamStatus,
} from '../protocol/incoming';
import {isJsonObject, objectMember, type JsonObject} from '../protocol/json';
import type {CheckpointLedger} from './checkpoint-ledger';
import type {Lanes} from './lanes';
import type {StreamLane, TakenRecord} from './stream-lane';

export interface LineRouterOptions {
  readonly emitter: Emitter;
  readonly lanes: Lanes;
  readonly ledger: CheckpointLedger;
}

/** A line as the splitter leaves it. */
export interface Line {
  readonly buffer: Buffer;
  readonly start: number;
  readonly end: number;
  readonly lineNumber: number;
}

/** A wait, or nothing to wait for. */
type Wait = Promise<void> | undefined;

/** Lines that were taken many at once. */
export interface TakenLines {
  /** Where the first line begins that was not taken. */
  readonly position: number;
  readonly records: number;
  readonly wait: Wait;
}

/** A RECORD message whose members have been looked at. */
interface SoundRecord {
  readonly stream: string;
  readonly namespace?: string | null;
  readonly data: JsonObject;
  emitted_at: number;
}

/** Lines of text that are not messages are told of one by one up to this many. */
const TOLD_TEXT_LINES = 10;

/** Brings every line of the input to where it belongs. */
export class LineRouter {
  #lane: StreamLane | undefined;
  readonly #byName = new Map<string, Map<string | undefined, StreamLane>>();
  #records = 0;
  #textLines = 0;
  readonly #unknown = new Map<string, {stream: StreamDescriptor; records: number}>();
  readonly #miscounted = new Set<string>();

  constructor(private readonly options: LineRouterOptions) {}

  /**
   * Takes one line. Throws a `SystemError` for a damaged message. The returned promise,
   * if any, must be waited for before the next line.
   */
  line(line: Line): Wait {
    const {buffer, start, end} = line;
    if (end <= start) return undefined;
    const lane = this.#lane;
    if (lane?.isOpen && lane.line(buffer, start, end)) {
      this.#records += 1;
      return this.options.lanes.took(lane);
    }
    return this.#message(line);
  }

  /**
   * Offers lines ahead to the stream that had the last record: those that follow are
   * mostly its own. Returns how far they were taken, and what to wait for before more.
   */
  lines({buffer, start, end}: LinesAhead): TakenLines | undefined {
    const lane = this.#lane;
    if (!lane?.takesLines) return undefined;
    const {lanes} = this.options;
    const taken = {position: start, records: 0, bytes: 0};
    const run = {buffer, end, mostBytes: lanes.roomFor(lane), ...taken};
    lane.lines(run);
    this.#records += run.records;
    return {...run, wait: lanes.took(lane)};
  }

  /** Records of streams that are not in the catalog. */
  unknownRecords(): readonly (readonly [StreamDescriptor, number])[] {
    return [...this.#unknown.values()].map(({stream, records}) => [stream, records]);
  }

  /** A sentence on what was done so far. */
  progress(): string {
    const {waiting} = this.options.ledger;
    return `${this.#records} records received, ${waiting} states wait for theirs to be durable.`;
  }

  sayWhatWasIgnored(): void {
    if (this.#textLines <= TOLD_TEXT_LINES) return;
    this.options.emitter.log.warn(
      `${this.#textLines} lines of the input were no messages and were ignored.`,
    );
  }

  #message(line: Line): Wait {
    const text = line.buffer.toString('utf8', line.start, line.end);
    const message = decodeLine(text);
    if (message === 'broken' || isDamagedText(text, line)) throw brokenLine(line);
    if (message === 'text') this.#text(line, text);
    else if (message.type === 'RECORD') return this.#record({line, text}, message);
    else if (message.type === 'STATE') return this.#state(text, message);
    else if (message.type === 'TRACE') this.#trace(message);
    return undefined;
  }

  #text({lineNumber}: Line, text: string): void {
    if (text.trim() === '') return;
    this.#textLines += 1;
    if (this.#textLines > TOLD_TEXT_LINES) return;
    this.options.emitter.log.warn(
      `Line ${lineNumber} of the input (${text.length} characters) is no message and was ignored.`,
    );
  }

  #record({line, text}: {line: Line; text: string}, message: JsonObject): Wait {
    const record = soundRecord(message, this.options.emitter.now());
    if (record === undefined) throw brokenLine(line);
    this.#records += 1;
    const lane = this.#find(record);
    if (lane === undefined) {
      this.#unknownRecord(record);
      return undefined;
    }
    const bytes = line.end - line.start;
    if (lane.writer !== undefined) return this.#take(lane, {record, bytes, text});
    return lane.open().then(() => this.#take(lane, {record, bytes, text}));
  }

  #take(lane: StreamLane, taken: TakenRecord): Wait {
    lane.record(taken);
    this.#lane = lane;
    return this.options.lanes.took(lane);
  }

  #find({stream: name, namespace}: SoundRecord): StreamLane | undefined {
    const space = namespace ?? undefined;
    const known = this.#byName.get(name)?.get(space);
    if (known !== undefined) return known;
    const found = this.options.lanes.find(descriptor(name, space));
    if (found === undefined) return undefined;
    const spaces = this.#byName.get(name) ?? new Map<string | undefined, StreamLane>();
    this.#byName.set(name, spaces.set(space, found));
    return found;
  }

  #unknownRecord({stream: name, namespace}: SoundRecord): void {
    const stream = descriptor(name, namespace ?? undefined);
    const key = streamKey(stream);
    const count = this.#unknown.get(key) ?? {stream, records: 0};
    count.records += 1;
    this.#unknown.set(key, count);
    // Never durable: a state that speaks of all streams must not be echoed any more.
    this.options.ledger.account(key).received += 1;
  }

  #state(text: string, message: JsonObject): Wait {
    const {ledger, lanes, emitter} = this.options;
    const stream = stateStream(message);
    const lane = stream && lanes.find(stream);
    if (stream !== undefined && lane === undefined) {
      emitter.log.warn(
        `A state of the stream "${stream.name}", which is not in the catalog, was ignored.`,
      );
      return undefined;
    }
    const key = lane && streamKey(lane.options.stream.descriptor);
    lanes.countRejected();
    const records = ledger.stateReceived(text, key);
    this.#compareCounts(records, {message, stream});
    lanes.stateReceived();
    if (lane === undefined) return undefined;
    lane.holdState(text.length);
    return lanes.took(lane);
  }

  /** Fewer records than the source wrote means that something lost them on the way. */
  #compareCounts(
    records: number,
    of: {message: JsonObject; stream: StreamDescriptor | undefined},
  ): void {
    const said = sourceRecordCount(of.message);
    const name = of.stream?.name ?? 'all streams';
    if (said === undefined || records >= said || this.#miscounted.has(name)) return;
    this.#miscounted.add(name);
    this.options.emitter.log.warn(
      `${name}: the source counts ${said} records before a state, ${records} arrived.`,
    );
  }

  /** Tables are made ready while nothing has come for them yet. */
  #started(stream: StreamDescriptor): void {
    const lane = this.options.lanes.find(stream);
    if (lane?.ending === undefined) void lane?.open();
  }

  #trace(message: JsonObject): void {
    const said = streamStatus(message);
    if (said?.status === 'STARTED') this.#started(said.stream);
    if (said?.status !== 'COMPLETE') return;
    const {lanes, emitter} = this.options;
    const lane = lanes.find(said.stream);
    if (lane === undefined || lane.ending !== undefined) {
      const why = lane === undefined ? 'is not in the catalog' : 'was complete already';
      emitter.log.warn(`COMPLETE for the stream "${said.stream.name}", which ${why}.`);
      return;
    }
    void lane.end('complete');
  }
}

function descriptor(name: string, namespace: string | undefined): StreamDescriptor {
  return namespace === undefined ? {name} : {name, namespace};
}

/** The record of a message with its time in milliseconds; undefined if it is damaged. */
function soundRecord(message: JsonObject, nowMs: number): SoundRecord | undefined {
  const record = objectMember(message, 'record');
  if (typeof record?.['stream'] !== 'string' || !isJsonObject(record['data']))
    return undefined;
  const sound = record as unknown as SoundRecord;
  // Changed in place: a copy per record is what this path cannot afford.
  sound.emitted_at = emittedAtMs(sound.emitted_at, nowMs);
  return sound;
}

/** Bytes that are no UTF-8 were replaced by U+FFFD: a value would be another one. */
function isDamagedText(text: string, {buffer, start, end}: Line): boolean {
  return text.includes('\ufffd') && !isUtf8(buffer.subarray(start, end));
}

function brokenLine({lineNumber, start, end}: Line): ConnectorError {
  return new SystemError(
    `Line ${lineNumber} of the input is a damaged message. What came before it is kept; ` +
      'no later state is acknowledged.',
    {details: {line: lineNumber, bytes: end - start}},
  );
}
