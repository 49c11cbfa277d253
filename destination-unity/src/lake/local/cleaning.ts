import path from 'node:path';

import {dataFilePath, isOwnDataFile} from './data-file';
import type {DeltaTable} from './delta-table';
import {isTemporary, logFolder, logListing, versionOf} from './log-files';
import type {Snapshot} from './snapshot';
import {removeDiscarded} from './successor';
import type {Surroundings} from './surroundings';

const DAY_MS = 24 * 3600 * 1000;

/** A file in no version may still be on its way into one. */
const ORPHAN_MS = DAY_MS;

/** How long readers of older versions find their files, as Delta does by default. */
const RETENTION_MS = 7 * DAY_MS;

/** How far readers may go back in time, as Delta does by default. */
const LOG_RETENTION_MS = 30 * DAY_MS;

/** Set by a table's owner, these leave the cleaning to the owner. */
const DATA_RETENTION = 'delta.deletedFileRetentionDuration';
const LOG_RETENTION = ['delta.logRetentionDuration', 'delta.enableExpiredLogCleanup'];

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
    await removeOldLog(table, surroundings);
  } catch (cause) {
    surroundings.log.warn(`Old files at ${table.folder} stay: ${String(cause)}`);
  }
}

async function removeOldData(
  {folder, snapshot}: DeltaTable,
  surroundings: Surroundings,
): Promise<void> {
  // A table whose owner chose another retention is left to its owner's vacuum.
  if (snapshot.metaData.configuration[DATA_RETENTION] !== undefined) return;
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

/** Commits and checkpoints that a newer checkpoint has made needless for a month. */
async function removeOldLog(
  {folder, snapshot}: DeltaTable,
  surroundings: Surroundings,
): Promise<void> {
  const entries = (await surroundings.disk.list(logFolder(folder))) ?? [];
  const names = entries.map(({name}) => name);
  const {configuration} = snapshot.metaData;
  const isOurs = LOG_RETENTION.every(
    (property) => configuration[property] === undefined,
  );
  const newest = logListing(folder, names).checkpoint?.version ?? 0;
  const needless = names.filter((name) => isOurs && isBefore(name, newest));
  for (const name of names.filter(isTemporary)) {
    await removeIfOld(path.join(logFolder(folder), name), surroundings);
  }
  for (const name of needless) {
    const file = path.join(logFolder(folder), name);
    await removeIfOld(file, surroundings, LOG_RETENTION_MS);
  }
}

function isBefore(name: string, checkpoint: number): boolean {
  const version = versionOf(name);
  return version !== undefined && version < checkpoint;
}

/** Removes a file or folder that nobody has changed for a day, or for another time. */
export async function removeIfOld(
  target: string,
  {disk, now}: Surroundings,
  ageMs = ORPHAN_MS,
): Promise<void> {
  const modifiedMs = await disk.modifiedMs(target);
  if (modifiedMs !== undefined && modifiedMs < now() - ageMs) await disk.remove(target);
}
