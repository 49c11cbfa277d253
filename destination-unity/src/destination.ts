import {
  type ConfiguredStream,
  type DestinationConnector,
  type DestinationContext,
  type DestinationSession,
  type FlushLimits,
  type StreamWriter,
} from 'airbyte-cdk-ts';

import {about} from './about';
import {AtMost} from './at-most';
import {checkLake} from './check/check-lake';
import {configSchema, flushSettings, type UnityConfig} from './config';
import type {Lake} from './lake/lake';
import {lakeNames} from './lake-names';
import {ByteRowReader} from './rows/byte-row-reader';
import {plainObjectName} from './table/names';
import {TableWriter} from './writer/table-writer';
import {
  openTarget,
  tableKey,
  type OpenTargetOptions,
  type WriteTarget,
} from './writer/write-target';

/** What the destination needs from outside, so that tests can give it. */
export interface Surroundings {
  readonly openLake: (config: UnityConfig, context: DestinationContext) => Lake;
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
  /** 64 random bits. */
  readonly randomBits: () => bigint;
}

/** The destination: any Airbyte source into Delta tables. */
export class UnityDestination implements DestinationConnector<UnityConfig> {
  readonly name = about.name;
  readonly version = about.version;
  readonly documentationUrl = about.documentationUrl;
  readonly changelogUrl = about.changelogUrl;
  readonly connectionSpecification = about.connectionSpecification;
  readonly configSchema = configSchema;

  constructor(private readonly surroundings: Surroundings) {}

  async check(config: UnityConfig, context: DestinationContext): Promise<string> {
    const lake = this.surroundings.openLake(config, context);
    try {
      const {catalog, schema} = config;
      const asked = {catalog, schema};
      return await checkLake(lake, {asked, used: lakeNames(config)}, context.log);
    } finally {
      await lake.close();
    }
  }

  session(
    config: UnityConfig,
    context: DestinationContext,
  ): Promise<DestinationSession> {
    const lake = this.surroundings.openLake(config, context);
    const session = new UnitySession({...this.surroundings, lake, config, context});
    return Promise.resolve(session);
  }
}

/** Streams opened at once. Opening one takes a warehouse some ten statements. */
const OPENED_AT_ONCE = 8;

interface SessionOptions extends Pick<Surroundings, 'nowMs' | 'randomBits'> {
  readonly lake: Lake;
  readonly config: UnityConfig;
  readonly context: DestinationContext;
}

class UnitySession implements DestinationSession {
  readonly limits: FlushLimits;
  readonly #tables = new Set<string>();
  readonly #atOnce = new AtMost(OPENED_AT_ONCE);
  /** By the table's name, the opening of the latest stream that would get it. */
  readonly #openings = new Map<string, Promise<unknown>>();

  readonly #attempt: number;

  constructor(private readonly options: SessionOptions) {
    this.#attempt = Number(options.randomBits() >> 11n); // exact as a number
    this.limits = flushSettings(options.config);
  }

  /** Streams whose tables would have one name take turns, so that no two take one table. */
  open(stream: ConfiguredStream): Promise<StreamWriter> {
    const name = plainObjectName(stream.descriptor.name);
    const before = this.#openings.get(name) ?? Promise.resolve();
    const opened = before.then(() => this.#atOnce.run(() => this.#open(stream)));
    this.#openings.set(
      name,
      opened.catch(() => undefined),
    );
    return opened;
  }

  statesOut(): void {
    this.options.lake.statesOut?.();
  }

  close(): Promise<void> {
    return this.options.lake.close();
  }

  async #open(stream: ConfiguredStream): Promise<StreamWriter> {
    const {lake, context, config} = this.options;
    const target = await openTarget({
      lake,
      stream,
      settings: tableSettings(config),
      log: context.log,
      taken: this.#tables,
      attempt: this.#attempt,
    });
    this.#tables.add(tableKey(target.wanted));
    const reader = this.#reader(stream, target);
    return new TableWriter({stream, target, reader, log: context.log});
  }

  #reader(stream: ConfiguredStream, target: WriteTarget): ByteRowReader {
    const {nowMs, randomBits} = this.options;
    return new ByteRowReader({
      stream: stream.descriptor,
      columns: target.filling,
      key: target.isMerged ? target.wanted.key : [],
      constants: {
        syncId: stream.syncId,
        generation: target.decision.generation,
        rawIdPrefix: withVersion8(randomBits()),
        nowMs: nowMs(),
      },
    });
  }
}

function tableSettings(config: UnityConfig): OpenTargetOptions['settings'] {
  return {
    ...lakeNames(config),
    numberType: config.number_type,
    cdcDeletion: config.cdc_deletion,
    schemaChanges: config.schema_changes,
  };
}

/** Sets the version of a UUID in its upper 64 bits. */
function withVersion8(bits: bigint): bigint {
  return (bits & ~0xf000n) | 0x8000n;
}
