import type {ConnectorError} from '../errors';
import {
  streamKey,
  type ConfiguredCatalog,
  type ConfiguredStream,
  type StreamDescriptor,
} from '../protocol/catalog';
import type {CheckpointLedger} from './checkpoint-ledger';
import type {DestinationSession, FlushLimits} from './destination-connector';
import {StreamLane} from './stream-lane';

export interface LanesOptions {
  readonly catalog: ConfiguredCatalog;
  readonly session: DestinationSession;
  readonly ledger: CheckpointLedger;
  readonly clockMs: () => number;
  readonly checkMemory: () => void;
  readonly onDurable: () => void;
  /** Told as soon as a stream has failed; the others go on. */
  readonly onFailure: (stream: StreamDescriptor, failure: ConnectorError) => void;
}

/** The streams of the catalog and what they hold together. */
export class Lanes {
  readonly #lanes: ReadonlyMap<string, StreamLane>;
  readonly #limits: FlushLimits;
  #usedBytes = 0;
  #waiters: (() => void)[] = [];

  constructor(private readonly options: LanesOptions) {
    const {catalog, session, ledger, clockMs} = options;
    this.#limits = session.limits;
    const onChange = (freedBytes: number): void => this.#changed(freedBytes);
    const lane = (stream: ConfiguredStream): [string, StreamLane] => {
      const key = streamKey(stream.descriptor);
      const account = ledger.account(key);
      const onFailure = (failure: ConnectorError): void =>
        options.onFailure(stream.descriptor, failure);
      const outside = {session, clockMs, onChange, onFailure};
      return [key, new StreamLane({stream, account, ...outside})];
    };
    this.#lanes = new Map(catalog.streams.map(lane));
  }

  /**
   * The lane of a stream. Some clients lose the namespace on the way: where it is missing
   * on one side, the name alone decides if it is the only one.
   */
  find(stream: StreamDescriptor): StreamLane | undefined {
    const exact = this.#lanes.get(streamKey(stream));
    if (exact !== undefined) return exact;
    const [lane, ...more] = [...this.#lanes.values()].filter(
      ({options}) => options.stream.descriptor.name === stream.name,
    );
    if (lane === undefined || more.length > 0) return undefined;
    const {namespace} = lane.options.stream.descriptor;
    const bothNamed = namespace !== undefined && stream.namespace !== undefined;
    return bothNamed ? undefined : lane;
  }

  get allFailed(): boolean {
    const lanes = [...this.#lanes.values()];
    return lanes.length > 0 && lanes.every(({failure}) => failure !== undefined);
  }

  /**
   * Counts what a lane has just taken and flushes it when it is due. A promise is
   * returned only when all together hold too much: no more may be read until it resolves.
   */
  took(lane: StreamLane): Promise<void> | undefined {
    this.#usedBytes += lane.takeUncounted();
    if (lane.heldBytes >= this.#limits.flushBytes && lane.mayFlush) lane.flush();
    return this.#usedBytes > this.#limits.budgetBytes ? this.#makeRoom() : undefined;
  }

  /** Bytes the lane may take before it has to be asked whether it is to be flushed. */
  roomFor(lane: StreamLane): number {
    const {flushBytes, budgetBytes} = this.#limits;
    const room = Math.min(flushBytes - lane.heldBytes, budgetBytes - this.#usedBytes);
    return Math.max(1, room);
  }

  /** Brings the accounts up to date with what the writers had to refuse. */
  countRejected(): void {
    for (const {account, writer} of this.#lanes.values()) {
      account.rejected = writer?.rejectedRecords ?? 0;
    }
  }

  /** A state may be free at once: all before it may be durable already. */
  stateReceived(): void {
    this.options.onDurable();
  }

  /** Flushes the lanes whose oldest record has waited long enough. */
  flushAged(): void {
    const nowMs = this.options.clockMs();
    for (const lane of this.#lanes.values()) {
      const ageMs = nowMs - lane.heldSinceMs;
      if (ageMs >= this.#limits.flushAfterMs && lane.mayFlush) lane.flush();
    }
  }

  /** Ends every lane: those whose COMPLETE has come are ending already. */
  async endAll(): Promise<void> {
    const lanes = [...this.#lanes.values()];
    await Promise.all(lanes.map((lane) => lane.end(lane.ending ?? 'incomplete')));
  }

  failures(): readonly (readonly [StreamDescriptor, ConnectorError])[] {
    return [...this.#lanes.values()].flatMap(({failure, options}) =>
      failure === undefined ? [] : [[options.stream.descriptor, failure] as const],
    );
  }

  /** Streams that did not fail and whose COMPLETE never came. */
  unfinished(): readonly StreamDescriptor[] {
    return [...this.#lanes.values()]
      .filter(({failure, ending}) => failure === undefined && ending !== 'complete')
      .map(({options}) => options.stream.descriptor);
  }

  /** Hands over the fullest lanes until what is held fits, and waits meanwhile. */
  async #makeRoom(): Promise<void> {
    this.options.checkMemory();
    while (this.#usedBytes > this.#limits.budgetBytes) {
      const [fullest] = [...this.#lanes.values()]
        .filter((lane) => lane.mayFlush)
        .sort((a, b) => b.heldBytes - a.heldBytes);
      if (fullest !== undefined) fullest.flush();
      else if (![...this.#lanes.values()].some((lane) => lane.isFlushing)) return;
      await new Promise<void>((wake) => this.#waiters.push(wake));
    }
  }

  #changed(freedBytes: number): void {
    this.#usedBytes -= freedBytes;
    for (const lane of this.#lanes.values()) {
      if (lane.heldBytes >= this.#limits.flushBytes && lane.mayFlush) lane.flush();
    }
    this.options.onDurable();
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }
}
