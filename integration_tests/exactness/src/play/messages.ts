/** A message of the protocol, as far as it is looked at here. */
export interface Message {
  readonly type: string;
  readonly state?: StateMessage;
  readonly trace?: Trace;
  readonly log?: {readonly level: string; readonly message: string};
}

export interface StateMessage {
  readonly stream: {
    readonly stream_descriptor: {readonly name: string};
    readonly stream_state: unknown;
  };
  readonly sourceStats: {readonly recordCount: number};
}

interface Trace {
  readonly type: string;
  readonly error?: {
    readonly message: string;
    readonly internal_message?: string;
    readonly stream_descriptor?: {readonly name: string};
  };
  readonly stream_status?: {
    readonly stream_descriptor: {readonly name: string};
    readonly status: string;
  };
}

/** One line of output: a record by its stream and the text of its data, or a message. */
export type Line =
  | {readonly kind: 'record'; readonly stream: string; readonly data: string}
  | {readonly kind: 'message'; readonly message: Message};

const RECORD = '{"type":"RECORD","record":{"stream":"';
const DATA = ',"data":';

/** The lines of an output, one at a time; records are not parsed. */
export function* linesOf(text: string): Generator<Line> {
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    const line = text.slice(start, end);
    start = end + 1;
    if (!line.startsWith(RECORD)) {
      yield {kind: 'message', message: JSON.parse(line) as Message};
      continue;
    }
    const stream = line.slice(RECORD.length, line.indexOf('"', RECORD.length));
    yield {
      kind: 'record',
      stream,
      data: line.slice(line.indexOf(DATA) + DATA.length, -2),
    };
  }
}

/** The last state of each stream in an output, by the stream's name. */
export function lastStates(text: string): Map<string, StateMessage> {
  const states = new Map<string, StateMessage>();
  for (const line of linesOf(text)) {
    if (line.kind !== 'message' || line.message.state === undefined) continue;
    const {state} = line.message;
    states.set(state.stream.stream_descriptor.name, state);
  }
  return states;
}
