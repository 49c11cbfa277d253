import {ConnectorError} from 'airbyte-cdk-ts';
import {z} from 'zod';

import type {AssetDatabase} from './asset-databases';
import {
  askWithinLimit,
  LIST_START,
  PageLinks,
  startIndexOf,
  turnList,
  type ListAnswer,
  type ListPosition,
  type ListTurn,
} from './list-page';
import type {PiHttp} from './pi-http';

/** AF's types besides `None`, which nearly all elements have. */
const RARE_TYPES = ['Other', 'Node', 'Measurement', 'Flow', 'Transfer', 'Boundary'];
const PAGE_SIZE = 10_000;
/** So many ids are held at most, some 20 MB. */
const MAX_IDS = 200_000;

/**
 * Tells the type of the elements of a database: PI Web API filters by it, yet does not
 * show it. `undefined` for all where the server refuses the filter, or where more than
 * `maxIds` elements are of another type than `None`.
 */
export async function elementTypes(
  http: PiHttp,
  database: AssetDatabase,
  maxIds = MAX_IDS,
): Promise<(elementId: string) => string | undefined> {
  try {
    const types = await typesById(http, database, maxIds);
    if (types === undefined) return () => undefined;
    return (elementId) => types.get(elementId) ?? 'None';
  } catch (thrown) {
    if (!isRefusedFilter(thrown)) throw thrown;
    return () => undefined;
  }
}

/** Undefined where there are more than `maxIds`. */
async function typesById(
  http: PiHttp,
  database: AssetDatabase,
  maxIds: number,
): Promise<ReadonlyMap<string, string> | undefined> {
  const types = new Map<string, string>();
  for (const type of RARE_TYPES) {
    for await (const id of idsOfType(http, database, type)) {
      types.set(id, type);
      if (types.size > maxIds) return undefined;
    }
  }
  return types;
}

async function* idsOfType(
  http: PiHttp,
  database: AssetDatabase,
  elementType: string,
): AsyncGenerator<string, void, void> {
  let position: ListPosition | undefined = LIST_START;
  while (position !== undefined) {
    const answer = await idPage(http, {database, elementType, position});
    const turn: ListTurn<string> = turnList(position, answer, (id) => id);
    // A type that is missed by a change meanwhile is told by the next sync.
    if (turn.kind === 'shifted') return;
    yield* turn.fresh;
    position = turn.next;
  }
}

interface IdQuery {
  readonly database: AssetDatabase;
  readonly elementType: string;
  readonly position: ListPosition;
}

async function idPage(
  http: PiHttp,
  {database, elementType, position}: IdQuery,
): Promise<ListAnswer<string>> {
  const path = ['assetdatabases', database.webId, 'elements'];
  const startIndex = startIndexOf(position);
  return await askWithinLimit(http, PAGE_SIZE, async (maxCount) => {
    const query = {
      elementType,
      searchFullHierarchy: true,
      sortField: 'ID',
      startIndex,
      maxCount,
      selectedFields: 'Items.Id;Links.Next;WebException',
    };
    const {Items, Links} = await http.get({path, query, fresh: true}, Ids);
    const items = Items.map(({Id}) => Id);
    return {items, hasNext: typeof Links?.Next === 'string', maxCount};
  });
}

const Ids = z.looseObject({
  Items: z.array(z.looseObject({Id: z.string()})).default([]),
  Links: PageLinks,
});

function isRefusedFilter(thrown: unknown): boolean {
  return thrown instanceof ConnectorError && thrown.details['status'] === 400;
}
