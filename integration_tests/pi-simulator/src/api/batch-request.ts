import {badRequest} from './api-error';
import {bypassesCache} from './cache-control';

/** One entry of a batch. */
export interface BatchRequest {
  readonly id: string;
  readonly method: string;
  readonly resource: string;
  /** The resource stands for as many requests as its parameters select tokens. */
  readonly isTemplate: boolean;
  readonly parameters: readonly string[];
  readonly parentIds: readonly string[];
  readonly content: string;
  readonly bypassesCache: boolean;
}

/**
 * Reads the body of a batch: a dictionary of requests by id, members in any case. The
 * requests come out in an order in which parents precede their children.
 *
 * @throws ApiError 400 for anything else, for unknown parents and for cycles.
 */
export function readBatch(body: string): readonly BatchRequest[] {
  const dictionary = parsed(body);
  if (!isObject(dictionary))
    throw badRequest('The batch is not a dictionary of requests.');
  const requests = Object.entries(dictionary).map(([id, entry]) =>
    readEntry(id, entry),
  );
  return inOrder(requests);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw badRequest('The request body is not valid JSON.');
  }
}

function readEntry(id: string, entry: unknown): BatchRequest {
  if (!isObject(entry)) throw badRequest(`The batch request '${id}' is not an object.`);
  const member = (name: string, source: object = entry): unknown =>
    Object.entries(source).find(([key]) => key.toLowerCase() === name)?.[1];
  const template = member('requesttemplate');
  const isTemplate = isObject(template);
  const method = member('method');
  const resource = isTemplate ? member('resource', template) : member('resource');
  if (typeof method !== 'string' || typeof resource !== 'string') {
    throw badRequest(`The batch request '${id}' needs a Method and a Resource.`);
  }
  return {
    id,
    method: method.toUpperCase(),
    resource,
    isTemplate,
    parameters: texts(id, 'Parameters', member('parameters')),
    parentIds: texts(id, 'ParentIds', member('parentids')),
    content: contentText(id, member('content')),
    bypassesCache: asksPastCache(member('headers')),
  };
}

function texts(id: string, name: string, value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
    return value;
  throw badRequest(`${name} of the batch request '${id}' is not a list of strings.`);
}

function contentText(id: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  throw badRequest(`The Content of the batch request '${id}' is not a string.`);
}

/** `Cache-Control: no-cache` among the headers of an entry, in any case. */
function asksPastCache(headers: unknown): boolean {
  if (!isObject(headers)) return false;
  return Object.entries(headers).some(
    ([name, value]) =>
      name.toLowerCase() === 'cache-control' && bypassesCache(String(value)),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inOrder(requests: readonly BatchRequest[]): readonly BatchRequest[] {
  const ids = new Set(requests.map(({id}) => id));
  const unknown = requests
    .flatMap(({parentIds}) => parentIds)
    .find((id) => !ids.has(id));
  if (unknown !== undefined)
    throw badRequest(`The ParentId '${unknown}' is no request.`);
  const done = new Set<string>();
  const ordered: BatchRequest[] = [];
  let waiting = requests;
  while (waiting.length > 0) {
    const ready = waiting.filter(({parentIds}) =>
      parentIds.every((id) => done.has(id)),
    );
    if (ready.length === 0)
      throw badRequest('The ParentIds of the batch form a cycle.');
    for (const request of ready) done.add(request.id);
    ordered.push(...ready);
    waiting = waiting.filter(({id}) => !done.has(id));
  }
  return ordered;
}
