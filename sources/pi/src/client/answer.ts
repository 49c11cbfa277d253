import type {HttpAnswer} from '../transport/http';

/** A refusal or a broken answer, told apart from what it means. */
export interface Refusal {
  readonly status: number;
  /** What PI said, cut to a length fit for a log; empty where it said nothing. */
  readonly said: string;
}

/** A JSON answer that is whole, or why there is none. */
export type Judged =
  | {readonly ok: true; readonly value: unknown}
  | {readonly ok: false; readonly refusal: Refusal};

const SAID_CHARS = 300;
/** What we call a body that is no JSON to its end: retried like a gateway's fault. */
const BROKEN_STATUS = 502;
/** A page of a proxy or of the web server itself where JSON was asked for. */
const FOREIGN_STATUS = 415;

/**
 * Reads the answer to a GET: a status of 200 alone proves nothing, for the server may
 * fail while it is writing and end the text with a `WebException`, or not end it.
 */
export function judge(answer: HttpAnswer): Judged {
  const {status, body} = answer;
  if (status < 200 || status > 299) return refused(status, saidBy(answer));
  if (isHtml(answer)) return refused(FOREIGN_STATUS, htmlTitle(body.toString('utf8')));

  const value = parse(body);
  if (value === undefined) return refused(BROKEN_STATUS, 'The JSON text is not whole.');
  const exception = webExceptionOf(value);
  return exception === undefined ? {ok: true, value} : {ok: false, refusal: exception};
}

/**
 * Whether the bytes of a batch answer are whole, by their two ends alone: they are too
 * many to be parsed twice.
 */
export function judgeBatch(answer: HttpAnswer): Refusal | undefined {
  const {status, body} = answer;
  if (status !== 207 && status !== 200) return {status, said: saidBy(answer)};
  if (isHtml(answer)) {
    return {status: FOREIGN_STATUS, said: htmlTitle(body.toString('utf8'))};
  }
  const tail = body.toString('latin1', Math.max(0, body.length - 2000)).trimEnd();
  if (!tail.endsWith('}'))
    return {status: BROKEN_STATUS, said: 'The JSON text is not whole.'};
  const exception = /"WebException":\{"StatusCode":(\d+)[^{}]*\}\s*\}$/.exec(tail);
  if (exception === null) return undefined;
  return {status: Number(exception[1]), said: 'PI failed while it was answering.'};
}

/** What PI says in `Errors`, `Message` or a bare string; for the log, never for decisions. */
export function saidIn(content: unknown): string {
  if (typeof content === 'string') return cut(content);
  if (!isObject(content)) return '';
  const {Errors: errors, Message: message} = content;
  if (Array.isArray(errors)) return cut(errors.map(String).join(' '));
  return typeof message === 'string' ? cut(message) : '';
}

/** The failure that the server noted at the end of an answer it had begun as 200. */
export function webExceptionOf(content: unknown): Refusal | undefined {
  if (!isObject(content) || !isObject(content['WebException'])) return undefined;
  const {StatusCode: status, Errors: errors} = content['WebException'];
  const said = saidIn({Errors: errors});
  return {status: typeof status === 'number' && status >= 400 ? status : 500, said};
}

function saidBy(answer: HttpAnswer): string {
  const text = answer.body.toString('utf8', 0, 20_000);
  if (isHtml(answer)) return htmlTitle(text);
  const value = parse(answer.body);
  return value === undefined ? cut(text) : saidIn(value);
}

function refused(status: number, said: string): Judged {
  return {ok: false, refusal: {status, said}};
}

function isHtml({headers, body}: HttpAnswer): boolean {
  if (headers['content-type']?.includes('text/html') === true) return true;
  return body.toString('latin1', 0, 64).trimStart().startsWith('<');
}

function htmlTitle(text: string): string {
  const title = /<title[^>]*>([^<]*)</i.exec(text)?.[1]?.trim() ?? '';
  return cut(`A web page was sent instead of JSON${title === '' ? '.' : `: ${title}`}`);
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function cut(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= SAID_CHARS ? line : `${line.slice(0, SAID_CHARS)}…`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
