/**
 * JSON text in pieces: long lists are never glued together before they are sent. What
 * is long comes as bytes, because text that grows by millions of small parts costs the
 * garbage collector more than all the rest.
 */
export type JsonText = readonly (string | Buffer)[];

/** The pieces as one text. */
export function wholeText(body: JsonText): string {
  return body.map(String).join('');
}

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
