import {UsageError} from '../plant/usage-error';

/** The kinds of bodies a failing request may carry. */
type FaultBody = 'errors' | 'message' | 'text' | 'html' | 'empty';

/**
 * One rule of a faults file, which is a JSON list of such objects.
 *
 * A rule of kind `request` looks at `METHOD /piwebapi/path?query`, percent-decoded, of
 * requests and of the sub-requests of a batch. A rule of kind `stream` looks at
 * `WebID name path` (the WebID in its IDOnly form) of each stream whose values are
 * read. The first `after` matches pass unharmed, the next `times` are hit.
 */
export interface FaultRule {
  /** Contained text, or a regular expression between slashes: `/Alder.*TI/i`. */
  readonly match: string;
  readonly on?: 'request' | 'stream';
  readonly after?: number;
  /** Absent: for ever. */
  readonly times?: number;
  /** Answer with this status in place of the real answer. */
  readonly status?: number;
  /** Value of a `Retry-After` header beside `status`. */
  readonly retryAfter?: string | number;
  /** Form of the body beside `status`; `errors` unless said otherwise. */
  readonly body?: FaultBody;
  readonly message?: string;
  /** Wait before answering. Requests only. */
  readonly delayMs?: number;
  /** Send so many bytes of the body, then cut the connection. Whole requests only. */
  readonly truncateAfterBytes?: number;
  /** Reset the connection before any byte of the answer. Whole requests only. */
  readonly reset?: boolean;
  /**
   * Send the body so many bytes at a time, `trickleMs` (10) apart. Whole requests only.
   */
  readonly trickleBytes?: number;
  readonly trickleMs?: number;
  /** Answer as a server whose MaxReturnedItemsPerCall is this. */
  readonly maxReturnedItems?: number;
  /** Write this host into the answer's links. */
  readonly linkHost?: string;
  /** End a 200 answer with `WebException` after so many values, or items of a list. */
  readonly webExceptionAfterValues?: number;
  /**
   * Streams only: fail the whole call (`whole`), put `WebException` in the stream's
   * item (`item`), or answer a single value with `Errors` (`value`).
   */
  readonly scope?: 'whole' | 'item' | 'value';
  /**
   * Streams only, with scope `value`: so many good values come first and the next one is
   * an error; those behind it are good again. Absent: one error in place of all values.
   */
  readonly errorAfterValues?: number;
}

const TYPES: Readonly<Record<keyof FaultRule, readonly string[]>> = {
  match: ['string'],
  on: ['string'],
  after: ['number'],
  times: ['number'],
  status: ['number'],
  retryAfter: ['string', 'number'],
  body: ['string'],
  message: ['string'],
  delayMs: ['number'],
  truncateAfterBytes: ['number'],
  reset: ['boolean'],
  trickleBytes: ['number'],
  trickleMs: ['number'],
  maxReturnedItems: ['number'],
  linkHost: ['string'],
  webExceptionAfterValues: ['number'],
  scope: ['string'],
  errorAfterValues: ['number'],
};

const WORDS: Readonly<Record<string, readonly unknown[]>> = {
  on: ['request', 'stream'],
  body: ['errors', 'message', 'text', 'html', 'empty'],
  scope: ['whole', 'item', 'value'],
};

/**
 * Reads the text of a faults file.
 *
 * @throws UsageError naming the rule and the member that is wrong.
 */
export function readFaultRules(text: string, fileName: string): readonly FaultRule[] {
  const rules = parse(text, fileName);
  if (!Array.isArray(rules))
    throw new UsageError(`${fileName}: a list of rules is expected.`);
  return rules.map((rule, index) => checked(rule, `${fileName}, rule ${index + 1}`));
}

function parse(text: string, fileName: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${fileName} is not JSON.`);
  }
}

function checked(rule: unknown, at: string): FaultRule {
  if (typeof rule !== 'object' || rule === null || !('match' in rule)) {
    throw new UsageError(`${at}: an object with "match" is expected.`);
  }
  for (const [name, value] of Object.entries(rule)) {
    if (!Object.hasOwn(TYPES, name))
      throw new UsageError(`${at}: "${name}" is unknown.`);
    if (isAllowed(name as keyof FaultRule, value)) continue;
    throw new UsageError(`${at}: "${name}" has a value that is not allowed.`);
  }
  return rule as FaultRule;
}

function isAllowed(name: keyof FaultRule, value: unknown): boolean {
  return TYPES[name].includes(typeof value) && WORDS[name]?.includes(value) !== false;
}
