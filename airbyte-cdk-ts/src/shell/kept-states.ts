import {isJsonObject, objectMember, type Json, type JsonObject} from '../protocol/json';

/**
 * The states that the next read goes on from: of each stream the last one acknowledged,
 * in the form of a file for `--state`. A state for all streams at once takes the place of
 * everything before it.
 */
export class KeptStates {
  readonly #byStream = new Map<string, JsonObject>();

  /** @param document What was kept so far: the content of the state file. */
  constructor(document: Json = []) {
    const entries = Array.isArray(document)
      ? (document as readonly Json[])
      : [document];
    for (const entry of entries) if (isJsonObject(entry)) this.take(entry);
  }

  /** Takes the `state` of a STATE message. */
  take(state: JsonObject): void {
    const stream = objectMember(state, 'stream');
    if (stream === undefined) this.#byStream.clear();
    this.#byStream.set(nameOf(stream), state);
  }

  /** The content of the state file now. */
  document(): readonly Json[] {
    return [...this.#byStream.values()];
  }
}

function nameOf(stream: JsonObject | undefined): string {
  const {name, namespace} = (stream && objectMember(stream, 'stream_descriptor')) ?? {};
  return JSON.stringify([namespace ?? null, name ?? null]);
}
