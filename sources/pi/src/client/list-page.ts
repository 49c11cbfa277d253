import {z} from 'zod';

import type {PiHttp} from './pi-http';

/** How far the reading of a list has come. */
export interface ListPosition {
  /** Index of the next item. */
  readonly index: number;
  /** Id of the item before it: it must still stand there when the reading goes on. */
  readonly anchor: string | undefined;
}

/** One answer to `startIndex` and `maxCount`. */
export interface ListAnswer<Item> {
  readonly items: readonly Item[];
  readonly hasNext: boolean;
  readonly maxCount: number;
}

export type ListTurn<Item> =
  | {
      readonly kind: 'page';
      readonly fresh: readonly Item[];
      /** Undefined at the end of the list. */
      readonly next: ListPosition | undefined;
    }
  /** Items before the position came or went: what was read may have gaps. */
  | {readonly kind: 'shifted'};

export const LIST_START: ListPosition = {index: 0, anchor: undefined};

/** Where the page of a position begins: one item early, to see the anchor again. */
export function startIndexOf({index, anchor}: ListPosition): number {
  return anchor === undefined ? index : index - 1;
}

/**
 * What a page of a list says. PI pages by offset over a live list, so a deletion between
 * two pages would hide an item; it is noticed because the anchor is no longer in its
 * place. A full page is never the end, and neither is one with a link to the next; a
 * page without anything new is.
 */
export function turnList<Item>(
  position: ListPosition,
  {items, hasNext, maxCount}: ListAnswer<Item>,
  idOf: (item: Item) => string,
): ListTurn<Item> {
  const {index, anchor} = position;
  const first = items[0];
  if (anchor !== undefined && (first === undefined || idOf(first) !== anchor)) {
    return {kind: 'shifted'};
  }
  const fresh = anchor === undefined ? items : items.slice(1);
  const last = fresh.at(-1);
  const ended = last === undefined || (items.length < maxCount && !hasNext);
  if (ended) return {kind: 'page', fresh, next: undefined};
  return {kind: 'page', fresh, next: {index: index + fresh.length, anchor: idOf(last)}};
}

/** The links of a list's answer; only whether a next page is told of matters to us. */
export const PageLinks = z.looseObject({Next: z.string().nullish()}).nullish();

/**
 * Asks for a page of `pageSize` items, or of as many as the server allows: its limit is
 * known only from its refusal.
 */
export async function askWithinLimit<T>(
  http: PiHttp,
  pageSize: number,
  ask: (maxCount: number) => Promise<T>,
): Promise<T> {
  // Two items at least: one of them is the anchor.
  const maxCount = Math.max(2, Math.min(pageSize, http.maxCountLimit));
  try {
    return await ask(maxCount);
  } catch (thrown) {
    if (http.maxCountLimit >= maxCount) throw thrown;
    return await ask(Math.max(2, http.maxCountLimit));
  }
}
