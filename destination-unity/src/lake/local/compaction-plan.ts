import type {AddFile} from './actions';
import {isOwnDataFile} from './data-file';
import {fileStatistics, type FileStatistics} from './statistics';

/** So many files of about one size become one of the next. */
const FAN = 8;
/**
 * Files that have as much as this are left alone, as are those that a long sync makes.
 * Eight times as much is sorted in some 90 MB of memory.
 */
const LARGE_ROWS = 16_384;
const LARGE_BYTES = 2 * 1024 * 1024;
/** Files smaller than the smallest size are of the smallest size. */
const SIZES = 6;

/** A stored file that may be put together with others. */
interface Small {
  readonly file: AddFile;
  /** Of a large file, by rows or by bytes: whichever is more. */
  readonly share: number;
  /** The least cursor among its rows; undefined where the log does not tell. */
  readonly from: number | string | undefined;
}

/**
 * Which stored files are to become one: neighbours by the cursor, of about one size, eight
 * at a time. So a row is copied once for each eightfold growth of its file, until that is
 * large, however long the table gets; and the bounds of a joined file span a stretch of time that the merges of later syncs do not meet.
 *
 * @param cursor Column by which files are neighbours; without it, or where its bounds are
 *   not told, by the order in which they came.
 */
export function joinsOf(
  files: Iterable<AddFile>,
  cursor: string | undefined,
): readonly (readonly AddFile[])[] {
  const sizes: Small[][] = Array.from({length: SIZES + 1}, () => []);
  for (const file of files) {
    const small = smallFile(file, cursor);
    if (small !== undefined) sizes[sizeOf(small)]?.push(small);
  }
  return sizes.flatMap((ofOneSize) => neighbours(inOrder(ofOneSize)));
}

/** Undefined for a file that stays as it is: large, unknown, or written by another. */
function smallFile(file: AddFile, cursor: string | undefined): Small | undefined {
  if (!isOwnDataFile(file.path) || file.deletionVector !== undefined) return undefined;
  const statistics = fileStatistics(file.stats);
  if (statistics?.numRecords === undefined) return undefined;
  const share = Math.max(statistics.numRecords / LARGE_ROWS, file.size / LARGE_BYTES);
  if (share >= 1) return undefined;
  return {file, share, from: leastCursor(statistics, cursor)};
}

function leastCursor(
  {minValues}: FileStatistics,
  cursor: string | undefined,
): Small['from'] {
  const from = cursor === undefined ? undefined : minValues?.[cursor];
  return typeof from === 'number' || typeof from === 'string' ? from : undefined;
}

/** 0 for the largest of the small ones. */
function sizeOf({share}: Small): number {
  return Math.min(SIZES, Math.floor(-Math.log(share) / Math.log(FAN)));
}

function inOrder(files: readonly Small[]): readonly Small[] {
  if (files.some(({from}) => from === undefined)) return files;
  return [...files].sort(({from: a = ''}, {from: b = ''}) =>
    a < b ? -1 : Number(a > b),
  );
}

/** Groups of eight; what is left over waits for those to come. */
function neighbours(files: readonly Small[]): readonly (readonly AddFile[])[] {
  const groups = Math.floor(files.length / FAN);
  return Array.from({length: groups}, (_, group) =>
    files.slice(group * FAN, (group + 1) * FAN).map(({file}) => file),
  );
}
