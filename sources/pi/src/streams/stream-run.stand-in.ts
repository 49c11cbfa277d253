import {
  SystemError,
  type JsonObject,
  type LineSink,
  type SourceStream,
} from 'airbyte-cdk-ts';

/** What a run has delivered. */
export interface StreamRun {
  readonly records: JsonObject[];
  readonly state: JsonObject;
}

export interface RunOptions {
  readonly stored?: JsonObject | undefined;
  /** Stops, as if killed, after so many slices. */
  readonly slices?: number;
}

/** Plays the runtime's part for one stream, one slice after the other. */
export async function runStream<Slice, Outcome, State>(
  stream: SourceStream<Slice, Outcome, State>,
  {stored, slices = Infinity}: RunOptions = {},
): Promise<StreamRun> {
  const records: JsonObject[] = [];
  const lines = collector(records);
  let state = stream.decodeState(stored);
  let left = slices;
  for (let read = -1; read !== 0;) {
    read = 0;
    const before = JSON.stringify(stream.encodeState(state));
    for await (const slice of stream.plan(state)) {
      if (left-- <= 0) return {records, state: stream.encodeState(state)};
      read++;
      state = stream.advance(state, await stream.read(slice, lines));
    }
    const isSame = JSON.stringify(stream.encodeState(state)) === before;
    if (read > 0 && isSame) throw new SystemError('The round did not get on.');
  }
  return {records, state: stream.encodeState(state)};
}

function collector(records: JsonObject[]): LineSink {
  return {
    envelope: () => ({head: '', tail: '\n'}),
    memory: () => Buffer.allocUnsafe(65_536),
    write: (lines) => {
      const texts = lines.toString().split('\n').slice(0, -1);
      records.push(...texts.map((text) => JSON.parse(text) as JsonObject));
      return Promise.resolve();
    },
  };
}
