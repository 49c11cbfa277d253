import path from 'node:path';

import {dataFilePath, isOwnDataFile} from './data-file';
import type {DeltaTable} from './delta-table';
import {logFolder} from './log-files';
import type {Snapshot} from './snapshot';
import {removeDiscarded} from './successor';
import type {Surroundings} from './surroundings';

const DAY_MS = 24 * 3600 * 1000;

/** A file in no version may still be on its way into one. */
const ORPHAN_MS = DAY_MS;

/** How long readers of older versions find their files, as Delta does by default. */
const RETENTION_MS = 7 * DAY_MS;

const RETENTION_PROPERTY = 'delta.deletedFileRetentionDuration';

/**
 * Takes away what crashes left behind and what no reader can need any more. Only files
 * that this connector wrote are touched. A failure is told and harms nothing.
 */
export async function cleanTable(
  table: DeltaTable,
  surroundings: Surroundings,
): Promise<void> {
  try {
    await removeDiscarded(path.dirname(table.folder), surroundings);
    await removeOldData(table, surroundings);
    await removeOldTemporaries(logFolder(table.folder), surroundings);
  } catch (cause) {
    surroundings.log.warn(`Old files at ${table.folder} stay: ${String(cause)}`);
  }
}

async function removeOldData(
  {folder, snapshot}: DeltaTable,
  surroundings: Surroundings,
): Promise<void> {
  // A table whose owner chose another retention is left to its owner's vacuum.
  if (snapshot.metaData.configuration[RETENTION_PROPERTY] !== undefined) return;
  const needed = new Set(
    [...snapshot.files.values()].map((file) => dataFilePath(folder, file)),
  );
  const tombstones = tombstoneDates(folder, snapshot);
  for (const {name} of (await surroundings.disk.list(folder)) ?? []) {
    const file = path.join(folder, name);
    if (!isOwnDataFile(name) || needed.has(file)) continue;
    const removedMs = tombstones.get(file);
    if (removedMs === undefined) await removeIfOld(file, surroundings);
    else if (removedMs <= surroundings.now() - RETENTION_MS) {
      await surroundings.disk.remove(file);
    }
  }
}

function tombstoneDates(folder: string, {tombstones}: Snapshot): Map<string, number> {
  return new Map(
    [...tombstones.values()].map((remove) => [
      dataFilePath(folder, remove),
      remove.deletionTimestamp ?? 0,
    ]),
  );
}

async function removeOldTemporaries(
  folder: string,
  surroundings: Surroundings,
): Promise<void> {
  for (const {name} of (await surroundings.disk.list(folder)) ?? []) {
    if (/^\..*\.tmp$/.test(name))
      await removeIfOld(path.join(folder, name), surroundings);
  }
}

/** Removes a file or folder that nobody has changed for a day. */
export async function removeIfOld(
  target: string,
  {disk, now}: Surroundings,
): Promise<void> {
  const modifiedMs = await disk.modifiedMs(target);
  if (modifiedMs !== undefined && modifiedMs < now() - ORPHAN_MS) {
    await disk.remove(target);
  }
}
