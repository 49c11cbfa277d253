import type {StoryRow, StoryStream, StorySync} from './story';

/** What a stream's table has to hold. */
export interface ExpectedTable {
  /** Rows by serial. */
  readonly rows: ReadonlyMap<number, StoryRow>;
  /** Number of the sync that each row came with. */
  readonly syncOf: ReadonlyMap<number, number>;
}

/**
 * The rows of a stream after so many syncs: with a key the newest of each, otherwise
 * all; from the last refresh on.
 */
export function expectedTable(
  {syncs, stream, number}: StreamOfStory,
  syncCount: number,
): ExpectedTable {
  const parts = syncs.slice(0, syncCount).map(({parts: all}) => all[number]);
  const first = Math.max(
    parts.findLastIndex((part) => part?.isRefresh === true),
    0,
  );
  const rows = new Map<string, StoryRow>();
  const syncOf = new Map<number, number>();
  parts.slice(first).forEach((part, sync) => {
    for (const row of part?.rows ?? []) {
      syncOf.set(row.serial, first + sync);
      const key = keyOf(row, stream);
      const stored = rows.get(key);
      if (stored === undefined || isAtLeastAsNew(row, stored)) rows.set(key, row);
    }
  });
  return {rows: new Map([...rows.values()].map((row) => [row.serial, row])), syncOf};
}

/**
 * What has to be loaded before the state at a position may be echoed: of each of these
 * sets of serials at least one row. A row whose key has a newer one need not come.
 */
export function neededBefore(
  rows: readonly StoryRow[],
  position: number,
  stream: StoryStream,
): readonly (readonly number[])[] {
  const newest = new Map<string, StoryRow>();
  for (const row of rows.slice(0, position)) {
    const stored = newest.get(keyOf(row, stream));
    if (stored === undefined || isAtLeastAsNew(row, stored)) {
      newest.set(keyOf(row, stream), row);
    }
  }
  return [...newest].map(([key, row]) =>
    rows
      .filter((other) => keyOf(other, stream) === key && isAtLeastAsNew(other, row))
      .map(({serial}) => serial),
  );
}

export interface StreamOfStory {
  readonly syncs: readonly StorySync[];
  readonly stream: StoryStream;
  /** Its number among the streams. */
  readonly number: number;
}

function keyOf(row: StoryRow, {key}: StoryStream): string {
  if (key.length === 0) return String(row.serial);
  return JSON.stringify(key.map((name) => row[name]));
}

/** Rows come in order, so that of two with one cursor the later one is newer. */
function isAtLeastAsNew(row: StoryRow, stored: StoryRow): boolean {
  return (row.at ?? -Infinity) >= (stored.at ?? -Infinity);
}
