import {
  type Answer,
  errorsAnswer,
  jsonAnswer,
  type JsonText,
  textAnswer,
  wholeText,
} from '../answer';
import {type BatchRequest, readBatch} from '../batch-request';
import {selectTokens} from '../json-path';
import {type Call, type Route} from '../route';

/** The answers of the requests that are finished, by id. */
class Finished {
  private readonly answers = new Map<string, Answer>();
  /** What JSONPath sees; an answer is parsed when a path first leads there. */
  private readonly parsed: Record<string, unknown> = {};

  set(id: string, answer: Answer): void {
    this.answers.set(id, answer);
  }

  failed(ids: readonly string[]): readonly string[] {
    return ids.filter((id) => (this.answers.get(id)?.status ?? 500) >= 400);
  }

  tokens(path: string, parentIds: readonly string[]): readonly unknown[] {
    for (const id of parentIds) this.parsed[id] ??= parsedAnswer(this.answers.get(id));
    return selectTokens(this.parsed, path);
  }

  /** The answers in the order of the given ids. */
  text(ids: readonly string[]): JsonText {
    const pieces: (string | Buffer)[] = ['{'];
    for (const id of ids) {
      const answer = this.answers.get(id);
      if (answer === undefined) continue;
      if (pieces.length > 1) pieces.push(',');
      pieces.push(`${JSON.stringify(id)}:`);
      pushAnswer(pieces, answer);
    }
    pieces.push('}');
    return pieces;
  }
}

function parsedAnswer(answer: Answer | undefined): unknown {
  if (answer === undefined) return undefined;
  const {status, headers, body} = answer;
  const content: unknown = body === undefined ? null : JSON.parse(wholeText(body));
  return {Status: status, Headers: headers, Content: content};
}

/** Puts an answer into the text as it is: recorded values are never parsed again. */
function pushAnswer(
  pieces: (string | Buffer)[],
  {status, headers, body}: Answer,
): void {
  pieces.push(`{"Status":${status},"Headers":${JSON.stringify(headers)},"Content":`);
  if (body === undefined) pieces.push('null');
  else if (isHtml(headers)) pieces.push(JSON.stringify(wholeText(body)));
  else pieces.push(...body);
  pieces.push('}');
}

function isHtml(headers: Answer['headers']): boolean {
  return headers['Content-Type']?.startsWith('text/html') === true;
}

/**
 * `POST /batch`: 207 with an answer under the id of every request. Requests run at once
 * as far as their parents allow.
 */
async function batch(call: Call): Promise<Answer> {
  const finished = new Finished();
  const running = new Map<string, Promise<void>>();
  // Parents come before their children, so that a parent is always running already.
  const requests = readBatch(call.body);
  for (const request of requests) {
    const parents = request.parentIds.flatMap((id) => running.get(id) ?? []);
    running.set(request.id, runAfter(parents, {call, request, finished}));
  }
  await Promise.all(running.values());
  return textAnswer(finished.text(requests.map(({id}) => id)), 207);
}

async function runAfter(
  parents: readonly Promise<void>[],
  {call, request, finished}: {call: Call; request: BatchRequest; finished: Finished},
): Promise<void> {
  if (parents.length > 0) await Promise.all(parents);
  finished.set(request.id, await answerOf(call, request, finished));
}

async function answerOf(
  call: Call,
  request: BatchRequest,
  finished: Finished,
): Promise<Answer> {
  const {parameters, parentIds, resource} = request;
  const failed = finished.failed(parentIds);
  if (failed.length > 0) {
    const ids = failed.join(', ');
    return jsonAnswer(
      `The following ParentIds did not complete successfully: ${ids}.`,
      409,
    );
  }
  const paths = resource.startsWith('$') ? [resource, ...parameters] : parameters;
  const selected = paths.map((path) => finished.tokens(path, parentIds));
  const empty = paths.filter((_, index) => selected[index]?.length === 0);
  if (empty.length > 0) {
    return jsonAnswer(
      `Some JSON paths did not select any tokens: ${empty.join(', ')}`,
      400,
    );
  }
  if (isMisformatted(request)) {
    return jsonAnswer('Input string was not in a correct format.', 400);
  }
  const own = resource.startsWith('$') ? String(selected.shift()?.[0]) : resource;
  if (request.isTemplate) return template(call, {...request, resource: own}, selected);
  return one(call, {...request, resource: fill(own, selected, 0)});
}

/** Runs the template once for each token and answers with the list of answers. */
async function template(
  call: Call,
  request: BatchRequest,
  selected: readonly (readonly unknown[])[],
): Promise<Answer> {
  const total = selected.reduce((most, tokens) => Math.max(most, tokens.length), 0);
  const pieces: (string | Buffer)[] = [`{"Total":${total},"Items":[`];
  for (let index = 0; index < total; index += 1) {
    if (index > 0) pieces.push(',');
    const resource = fill(request.resource, selected, index);
    pushAnswer(pieces, await one(call, {...request, resource}));
  }
  pieces.push(']}');
  return textAnswer(pieces, 207);
}

/** Puts the token of each parameter where its number stands in braces. */
function fill(
  resource: string,
  selected: readonly (readonly unknown[])[],
  index: number,
): string {
  if (selected.length === 0) return resource;
  return resource.replaceAll(/\{(\d+)\}/g, (placeholder, number: string) => {
    const tokens = selected[Number(number)];
    return tokens === undefined ? placeholder : tokenText(tokens[index] ?? tokens[0]);
  });
}

function tokenText(token: unknown): string {
  return typeof token === 'string' ? token : JSON.stringify(token);
}

/** Resources with parameters are format strings: another brace must be percent-encoded. */
function isMisformatted({parameters, resource}: BatchRequest): boolean {
  return parameters.length > 0 && /\{(?!\d+\})|(?<!\{\d+)\}/.test(resource);
}

const ABSOLUTE = /^https?:\/\/[^/]+\/piwebapi(\/[^]*|\?[^]*|)$/i;

/** Runs one request here, whatever host its address names. */
function one(
  call: Call,
  {method, resource, content, bypassesCache}: BatchRequest,
): Answer | Promise<Answer> {
  const target = ABSOLUTE.exec(resource)?.[1];
  if (target === undefined) {
    return errorsAnswer(400, [
      'The Resource of a batch request must be an absolute URL.',
    ]);
  }
  return call.dispatch({
    ...{method, bypassesCache, body: content},
    target: target === '' ? '/' : target,
  });
}

export const batchRoutes: readonly Route[] = [
  {operation: 'POST /batch', parameters: [], answers: 'map<Response>', handle: batch},
];
