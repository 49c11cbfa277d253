import {linesOf, type Message, type Outcome} from '../run/outcome';
import {streamName} from '../stage/catalog';

/** A RECORD message, believed to be one. */
export interface ReadRecord {
  /** The stream's name as findings print it. */
  readonly name: string;
  readonly data: Message;
}

/** The records of a read, one after the other. */
export async function* recordsOf(outcome: Outcome): AsyncIterable<ReadRecord> {
  for await (const {message} of linesOf(outcome)) {
    if (message?.['type'] === 'RECORD') yield recordIn(message);
  }
}

/** What a RECORD message carries; a missing part is empty. */
export function recordIn({record}: Message): ReadRecord {
  const {stream, namespace, data} = (record ?? {}) as Message;
  return {
    name: streamName({
      name: String(stream),
      namespace: namespace as string | undefined,
    }),
    data: (data ?? {}) as Message,
  };
}
