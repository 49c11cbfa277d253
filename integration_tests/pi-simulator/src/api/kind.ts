import {type Marker, type WebIdParts} from '../identity/web-id';
import {jsonAnswer, type Answer} from './answer';
import {ApiError, notFound} from './api-error';
import {represent, type Members} from './members';
import {objectAnswer} from './paging';
import {bare, lookUp, readWebId} from './resolve';
import {type Call} from './route';
import {prune} from './selection';
import {type World} from './world';

/** A kind of object that has WebIDs: how it is found and what it looks like. */
export interface Kind<T> {
  /** As messages call it: `PI Point`. */
  readonly title: string;
  readonly marker: Marker;
  readonly members: Members<T>;
  find(world: World, ids: WebIdParts): T | undefined;
  /** By path without the leading backslashes, in any case. */
  findByPath(world: World, path: string): T | undefined;
}

/** The object of a WebID. @throws ApiError 400 or 404. */
export function resolve<T>(kind: Kind<T>, world: World, webId: string): T {
  const found = findByParts(kind, world, readWebId(webId, [kind.marker]));
  if (found === undefined) throw notFound(`${kind.title} not found '${webId}'.`);
  return found;
}

export function findByParts<T>(
  kind: Kind<T>,
  world: World,
  parts: WebIdParts,
): T | undefined {
  return lookUp(parts, {
    byIds: () => kind.find(world, parts),
    byPath: (path) => kind.findByPath(world, path),
  });
}

/** The object of the path parameter `webId`. */
export function subjectOf<T>(kind: Kind<T>, call: Call): T {
  return resolve(kind, call.world, call.path['webId'] ?? '');
}

/** `GET /kind/{webId}`. */
export function byWebId<T>(kind: Kind<T>): (call: Call) => Answer {
  return (call) => objectAnswer(call, kind.members, subjectOf(kind, call));
}

/** `GET /kind?path=`. */
export function byPath<T>(kind: Kind<T>): (call: Call) => Answer {
  return (call) =>
    objectAnswer(
      call,
      kind.members,
      objectOfPath(kind, call, call.query.required('path')),
    );
}

function objectOfPath<T>(kind: Kind<T>, {world}: Call, path: string): T {
  const found = kind.findByPath(world, bare(path));
  if (found === undefined) throw notFound(`${kind.title} not found '${path}'.`);
  return found;
}

const INCLUDE_MODES = ['All', 'ItemsWithException', 'ItemsWithoutException'] as const;

/** An object that was asked for, or why it cannot be had. */
interface MultipleItem {
  readonly Identifier: string;
  readonly IdentifierType: 'WebId' | 'Path';
  readonly Object?: Record<string, unknown>;
  readonly Exception?: {readonly Errors: readonly string[]};
}

/** `GET /kind/multiple`: 207 where any of the objects cannot be had. */
export function multiple<T>(kind: Kind<T>): (call: Call) => Answer {
  return (call) => {
    const {query, world} = call;
    const itemOf = (type: 'WebId' | 'Path', id: string, get: () => T): MultipleItem =>
      multipleItem(call, kind, {type, id, get});
    const items = [
      ...query
        .all('webId')
        .map((id) => itemOf('WebId', id, () => resolve(kind, world, id))),
      ...query
        .all('path')
        .map((id) => itemOf('Path', id, () => objectOfPath(kind, call, id))),
    ];
    const mode = query.word('includeMode', INCLUDE_MODES) ?? 'All';
    const shown = items.filter(
      ({Exception}) =>
        mode === 'All' || (mode === 'ItemsWithException') === (Exception !== undefined),
    );
    const status = items.some(({Exception}) => Exception !== undefined) ? 207 : 200;
    return jsonAnswer(prune({Links: {}, Items: shown}, call.selection), status);
  };
}

function multipleItem<T>(
  call: Call,
  kind: Kind<T>,
  {type, id, get}: {type: 'WebId' | 'Path'; id: string; get: () => T},
): MultipleItem {
  const head = {Identifier: id, IdentifierType: type};
  try {
    return {
      ...head,
      Object: represent(kind.members, get(), {view: call.view, selection: undefined}),
    };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return {...head, Exception: {Errors: error.errors}};
  }
}

export const MULTIPLE_PARAMETERS = ['webId', 'path', 'asParallel', 'includeMode'];
