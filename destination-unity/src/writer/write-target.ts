import {ConfigError, type ConfiguredStream, type Log} from 'airbyte-cdk-ts';

import type {Lake, LakeTable} from '../lake/lake';
import {AIRBYTE_COLUMNS, nanosColumn, RESCUED} from '../table/airbyte-columns';
import {evolution} from '../table/evolution';
import {fillingOf} from '../table/filling';
import {decideGeneration, type GenerationDecision} from '../table/generations';
import {hashedObjectName} from '../table/names';
import {changeText, type SchemaPolicy} from '../table/schema-changes';
import {streamTable, type TableSettings} from '../table/stream-table';
import type {Column, TableDefinition} from '../table/table-definition';

/** Where a stream's rows go, made ready to receive them. */
export interface WriteTarget {
  /** The stream's table, which readers see. */
  readonly table: LakeTable;
  /** What receives the rows: the table, or what is to replace its rows. */
  readonly receiver: LakeTable;
  readonly decision: GenerationDecision;
  readonly isMerged: boolean;
  /** The stream's columns in the names of the table. */
  readonly wanted: TableDefinition;
  /** The receiver's columns, each with the member that fills it. */
  readonly filling: readonly Column[];
}

export interface OpenTargetOptions {
  readonly lake: Lake;
  readonly stream: ConfiguredStream;
  readonly settings: TableSettings & {readonly schemaChanges: SchemaPolicy};
  readonly log: Log;
  /** Tables that other streams of this sync write, as `schema.table`. */
  readonly taken: ReadonlySet<string>;
  /**
   * A number that no other attempt has. Where nobody can know whether rows that were left
   * behind belong to this attempt, and some may still be on their way, its successor has
   * this number instead of the generation's.
   */
  readonly attempt: number;
}

/**
 * Opens, creates and widens the stream's table, and decides by the generation of its rows
 * whether they stay. Rejects with a `ConfigError` what the user must change.
 */
export async function openTarget(options: OpenTargetOptions): Promise<WriteTarget> {
  const {stream, settings, log, attempt} = options;
  const asked = streamTable(stream, settings);
  const isMerged =
    stream.destinationSyncMode === 'append_dedup' && asked.key.length > 0;
  if (stream.destinationSyncMode === 'append_dedup' && !isMerged) {
    log.warn(
      `Stream "${stream.descriptor.name}" asks for deduplication but has no primary ` +
        'key: its rows are appended.',
    );
  }

  const table = await ownTable(asked, options);
  const wanted = await evolved(table, asked, {...options, isMerged});
  const decision = await decide(table, stream);
  const receiver =
    decision.storedRows === 'keep'
      ? table
      : await table.successor(decision.resumes ? decision.generation : attempt);
  if (receiver !== table) await receiver.evolve(wanted);
  const filling = fillingOf(receiver.definition, wanted);
  return {table, receiver, decision, isMerged, wanted, filling};
}

/** Makes the table what the stream wants of it, and says what that changed. */
async function evolved(
  table: LakeTable,
  asked: TableDefinition,
  options: OpenTargetOptions & {readonly isMerged: boolean},
): Promise<TableDefinition> {
  const {lake, stream, settings, log, isMerged} = options;
  const {wanted, changes} = evolution(asked, table.definition, {
    policy: settings.schemaChanges,
    widens: (from, to) => lake.widens(from, to),
    isMerged,
  });
  guardOwnColumns(table.definition, wanted.key);
  await table.evolve(wanted);
  if (changes.length > 0) {
    const texts = changes.map(changeText).join('; ');
    log.info(
      `Stream "${stream.descriptor.name}" changes table ${tableKey(wanted)}: ${texts}.`,
    );
  }
  return wanted;
}

/** `schema.table`, the same for every stream that means the same table. */
export function tableKey({name: {schema, table}}: TableDefinition): string {
  return `${schema}.${table}`;
}

/**
 * The table of the stream's name, or the one of its hashed name where the first belongs
 * to another stream. One that is there already is only opened.
 */
async function ownTable(
  asked: TableDefinition,
  {lake, stream, taken}: OpenTargetOptions,
): Promise<LakeTable> {
  const {name} = asked;
  const hashed = {...name, table: hashedObjectName(stream.descriptor.name)};
  for (const candidate of [name, hashed]) {
    const definition = {...asked, name: candidate};
    if (taken.has(tableKey(definition))) continue;
    const table = await lake.ensure(definition);
    const {origin} = table.definition;
    if (origin === undefined || origin === asked.origin) return table;
  }
  throw new ConfigError(
    `Another stream writes the table ${name.schema}.${name.table}, whose name stream ` +
      `"${stream.descriptor.name}" would get too. Give one of them another prefix or schema.`,
  );
}

async function decide(
  table: LakeTable,
  stream: ConfiguredStream,
): Promise<GenerationDecision> {
  return decideGeneration({
    mode: stream.destinationSyncMode,
    generationId: stream.generationId,
    minimumGenerationId: stream.minimumGenerationId,
    stored: await table.generations(),
    mayGainLateRows: table.mayGainLateRows,
  });
}

/** Somebody else's table may have columns of these names that hold something else. */
function guardOwnColumns(
  {name, columns, unwritable = []}: TableDefinition,
  key: readonly string[],
): void {
  for (const expected of [...AIRBYTE_COLUMNS, RESCUED, ...key.map(nanosColumn)]) {
    const stored = columns.find((column) => isSameName(column.name, expected.name));
    const foreign = unwritable.find((column) => isSameName(column, expected.name));
    if (foreign === undefined && (stored === undefined || isLike(stored, expected)))
      continue;
    throw new ConfigError(
      `Column ${expected.name} of table ${name.schema}.${name.table} has ` +
        `${stored === undefined ? 'another type' : `the name ${stored.name} and the type ${stored.type}`} ` +
        `instead of ${expected.type}: another tool made the table. ` +
        'Choose another schema, or move the table away.',
    );
  }
}

function isLike(stored: Column, expected: Column): boolean {
  const isText = expected.type === 'json' && stored.type === 'string';
  return stored.name === expected.name && (isText || stored.type === expected.type);
}

function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
