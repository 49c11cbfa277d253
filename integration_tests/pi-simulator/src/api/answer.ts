/** A JSON text in pieces: long lists are never glued together before they are sent. */
export type JsonText = readonly string[];

/** What a route answers, before it is compressed or spliced into a batch. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined for an answer without a body. */
  readonly body: JsonText | undefined;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const JSON_HEADERS = {'Content-Type': JSON_TYPE};

export function jsonAnswer(value: unknown, status = 200): Answer {
  return textAnswer([JSON.stringify(value)], status);
}

export function textAnswer(body: JsonText, status = 200): Answer {
  return {status, headers: JSON_HEADERS, body};
}

export function errorsAnswer(status: number, errors: readonly string[]): Answer {
  return jsonAnswer({Errors: errors}, status);
}
