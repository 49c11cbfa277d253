import {createHash} from 'node:crypto';
import path from 'node:path';

import type {Action, MetaData} from './actions';
import {dataFilePath, removeOf} from './data-file';
import {DeltaTable, type PlannedCommit} from './delta-table';
import {protocolSteps} from './features';
import type {Snapshot} from './snapshot';
import type {Surroundings} from './surroundings';
import {fieldsWith, schemaFields, schemaString} from './table-schema';

/** Table property: the id of the successor whose rows the table took over last. */
const REPLACED_BY = 'airbyte.replacedBy';

const DISCARDED = '_airbyte_discarded_';

/** Longest name of a table of which a folder's name has room for all. */
const LONGEST_WHOLE = 220;
const HASH_LENGTH = 8;

/**
 * How the folders of a table's successors begin; they stand beside the table, named so
 * that engines pass them over as hidden. A cut name has a character no table's name has.
 */
function successorPrefix(table: string): string {
  const name = path.basename(table);
  if (name.length <= LONGEST_WHOLE) return `_airbyte_${name}_gen`;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_LENGTH);
  const kept = name.slice(0, LONGEST_WHOLE - HASH_LENGTH - 1);
  return `_airbyte_${kept}~${hash}_gen`;
}

function successorFolder(table: string, generation: number): string {
  return path.join(path.dirname(table), `${successorPrefix(table)}${generation}`);
}

/**
 * Opens the table that is to replace another one: the one an interrupted attempt of this
 * generation left, unless its rows were taken over already, or a new one. Successors of
 * other generations are discarded.
 */
export async function openSuccessor(
  table: DeltaTable,
  generation: number,
  surroundings: Surroundings,
): Promise<DeltaTable> {
  const folder = successorFolder(table.folder, generation);
  await discardOthers(table.folder, folder, surroundings);
  const found = await DeltaTable.open(folder, surroundings);
  if (found !== undefined && !isTakenOver(table.snapshot, found)) return found;
  if (found !== undefined) await discardFolder(folder, surroundings);
  const {metaData, protocol} = table.snapshot;
  const first: MetaData = {
    id: surroundings.newId(),
    format: metaData.format,
    schemaString: metaData.schemaString,
    partitionColumns: [],
    configuration: {},
    createdTime: surroundings.now(),
  };
  const actions = [{protocol}, {metaData: first}];
  return (
    (await DeltaTable.create(folder, actions, surroundings)) ??
    (await openSuccessor(table, generation, surroundings))
  );
}

/**
 * Puts the successor's rows in the place of the table's. Its files get a second name in
 * the table's folder first, so that every step can be repeated after a crash, and only
 * the one commit in the middle changes what readers see.
 */
export async function takeOver(
  table: DeltaTable,
  successor: DeltaTable,
  surroundings: Surroundings,
): Promise<void> {
  const {disk, now} = surroundings;
  await successor.refresh();
  for (const file of successor.snapshot.files.values()) {
    const from = dataFilePath(successor.folder, file);
    await disk.share(from, path.join(table.folder, path.basename(from)), now());
  }
  await disk.sync(table.folder);
  await table.refresh();
  await table.commit((snapshot) => replacement(snapshot, successor, now()));
  await discardFolder(successor.folder, surroundings);
}

function replacement(
  snapshot: Snapshot,
  successor: DeltaTable,
  nowMs: number,
): PlannedCommit {
  const operation = 'REPLACE';
  if (isTakenOver(snapshot, successor)) return {operation, actions: []};
  const fresh = [...successor.snapshot.files.values()];
  return {
    operation,
    actions: [
      ...replacedTable(snapshot, successor.snapshot),
      ...[...snapshot.files.values()].map((file) => ({remove: removeOf(file, nowMs)})),
      ...fresh.map((add) => ({
        add: {...add, modificationTime: nowMs, dataChange: true},
      })),
    ],
  };
}

/** Columns of both, and the mark by which a repeated attempt sees that it is done. */
function replacedTable(snapshot: Snapshot, successor: Snapshot): Action[] {
  const {metaData, protocol} = snapshot;
  const fields = fieldsWith(
    schemaFields(metaData.schemaString),
    schemaFields(successor.metaData.schemaString),
  );
  const configuration = {
    ...metaData.configuration,
    [REPLACED_BY]: successor.metaData.id,
  };
  return [
    ...protocolSteps(
      protocol,
      fields.map(({type}) => type),
    ),
    {metaData: {...metaData, schemaString: schemaString(fields), configuration}},
  ];
}

function isTakenOver({metaData}: Snapshot, successor: DeltaTable): boolean {
  return metaData.configuration[REPLACED_BY] === successor.snapshot.metaData.id;
}

async function discardOthers(
  table: string,
  kept: string,
  surroundings: Surroundings,
): Promise<void> {
  const parent = path.dirname(table);
  const own = successorPrefix(table);
  for (const {name} of (await surroundings.disk.list(parent)) ?? []) {
    const isSuccessor = name.startsWith(own) && /^\d+$/.test(name.slice(own.length));
    if (isSuccessor && path.join(parent, name) !== kept) {
      await discardFolder(path.join(parent, name), surroundings);
    }
  }
}

/** Takes the folder away under another name: half a table must never be mistaken for one. */
async function discardFolder(
  folder: string,
  {disk, newId}: Surroundings,
): Promise<void> {
  const discarded = path.join(path.dirname(folder), `${DISCARDED}${newId()}`);
  await disk.rename(folder, discarded);
  await disk.sync(path.dirname(folder));
  await disk.remove(discarded);
}

/** Finishes what a crash interrupted: folders that were on their way out. */
export async function removeDiscarded(
  schemaFolder: string,
  {disk}: Surroundings,
): Promise<void> {
  for (const {name} of (await disk.list(schemaFolder)) ?? []) {
    if (name.startsWith(DISCARDED)) await disk.remove(path.join(schemaFolder, name));
  }
}
