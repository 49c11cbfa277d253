/**
 * The same records through the engine of faros-airbyte-cdk, as a connector written on
 * it would emit them. `faros-source read --config TASK.json --catalog CATALOG.json`.
 */
import {
  type AirbyteLogger,
  AirbyteSourceBase,
  AirbyteSourceLogger,
  AirbyteSourceRunner,
  AirbyteSpec,
  AirbyteStreamBase,
  type AirbyteConfig,
  type StreamKey,
} from 'faros-airbyte-cdk';

import type {PointFacts, ReadingTask} from './reading-task';
import {
  recordedAnswers,
  type RecordedStream,
  type RecordedValue,
} from './recorded-answers';
import {Seams} from './seam';
import {sevenDecimals} from './timestamp';

type TimeseriesRecord = Record<string, unknown>;
type FarosConfig = AirbyteConfig & ReadingTask;

class Timeseries extends AirbyteStreamBase {
  readonly #seams = new Seams();

  constructor(
    logger: AirbyteLogger,
    private readonly task: ReadingTask,
  ) {
    super(logger);
  }

  override get primaryKey(): StreamKey {
    return ['tag_webid', 'timestamp', 'sequence'];
  }

  override getJsonSchema(): Record<string, unknown> {
    return {type: 'object', properties: {}};
  }

  override async *readRecords(): AsyncGenerator<TimeseriesRecord> {
    const {recording, origin} = this.task;
    for await (const streams of recordedAnswers(recording, origin)) {
      for (const stream of streams) yield* this.#records(stream);
    }
  }

  *#records({WebId, Items}: RecordedStream): Generator<TimeseriesRecord> {
    const facts = this.task.points[WebId];
    if (facts === undefined) return;
    const skip = this.#seams.overlap(WebId, Items);
    let previous = Items[skip - 1]?.Timestamp;
    let sequence = Math.max(0, skip - 1);
    for (const value of Items.slice(skip)) {
      const timestamp = sevenDecimals(value.Timestamp);
      if (timestamp >= this.task.end) return;
      sequence = value.Timestamp === previous ? sequence + 1 : 0;
      previous = value.Timestamp;
      yield record({webId: WebId, facts, value}, timestamp, sequence);
    }
  }
}

interface Event {
  readonly webId: string;
  readonly facts: PointFacts;
  readonly value: RecordedValue;
}

function record(
  {webId, facts, value}: Event,
  timestamp: string,
  sequence: number,
): TimeseriesRecord {
  return {
    tag_webid: webId,
    tag_name: facts.name,
    timestamp,
    sequence,
    ...valueMembers(value),
    quality_good: value.Good,
    quality_questionable: value.Questionable,
    quality_substituted: value.Substituted,
    quality_annotated: value.Annotated,
    ...(facts.units === undefined ? {} : {units: facts.units}),
  };
}

function valueMembers({Value}: RecordedValue): TimeseriesRecord {
  if (typeof Value === 'number') return {value: Value, value_kind: 'number'};
  if (typeof Value === 'object' && Value !== null) {
    const value_kind = Value.IsSystem === true ? 'system_state' : 'digital';
    return {digital_code: Value.Value, digital_name: Value.Name, value_kind};
  }
  return {value_string: Value, value_kind: 'string'};
}

class FarosSource extends AirbyteSourceBase<FarosConfig> {
  override get type(): string {
    return 'bench';
  }

  override spec(): Promise<AirbyteSpec> {
    const connectionSpecification = {type: 'object', properties: {}};
    return Promise.resolve(new AirbyteSpec({connectionSpecification}));
  }

  override checkConnection(): Promise<[boolean, undefined]> {
    return Promise.resolve([true, undefined]);
  }

  override streams(config: FarosConfig): AirbyteStreamBase[] {
    return [new Timeseries(this.logger, config)];
  }
}

const logger = new AirbyteSourceLogger();
void new AirbyteSourceRunner(logger, new FarosSource(logger))
  .mainCommand()
  .parseAsync();
