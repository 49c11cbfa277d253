import type {AssetDatabase} from '../client/asset-databases';
import {elementPage, type AfElement} from '../client/elements';
import {turnList, type ListPosition, type ListTurn} from '../client/list-page';
import type {PiHttp} from '../client/pi-http';

/** One page of one database. */
export interface ElementsSlice {
  readonly database: AssetDatabase;
  readonly position: ListPosition;
}

/**
 * Reads the page of a position. Where elements before it came or went, the anchor is
 * looked for around its place: the list is sorted by ids, which never change, so that
 * all that existed before the anchor was read, wherever the anchor stands now. `shifted`
 * means that the anchor is gone itself.
 */
export async function readElements(
  http: PiHttp,
  {database, position}: ElementsSlice,
  pageSize: number,
): Promise<ListTurn<AfElement>> {
  const answer = await elementPage(http, {database, position, pageSize});
  const turn = turnList(position, answer, idOf);
  const {index, anchor} = position;
  if (turn.kind === 'page' || anchor === undefined) return turn;

  const start = Math.max(0, index - Math.ceil(pageSize / 2));
  const around = await elementPage(http, {
    database,
    position: {index: start, anchor: undefined},
    pageSize,
  });
  const place = around.items.findIndex((element) => idOf(element) === anchor);
  if (place < 0) return turn;
  const found = {index: start + place + 1, anchor};
  const rest = {
    items: around.items.slice(place),
    hasNext: around.hasNext,
    maxCount: around.maxCount - place,
  };
  // At the end of a page the anchor is not yet at the end of the list.
  const mayFollow = rest.hasNext || rest.maxCount <= 1;
  if (rest.items.length === 1 && mayFollow)
    return {kind: 'page', fresh: [], next: found};
  return turnList(found, rest, idOf);
}

function idOf({Id: id}: AfElement): string {
  return id;
}
