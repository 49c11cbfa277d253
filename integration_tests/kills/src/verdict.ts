import {createWriteStream, readdirSync} from 'node:fs';
import path from 'node:path';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';

import {compare, type Comparison, LakeReader, STREAMS, type StreamName} from 'demo';
import {type Simulator, truthLines} from 'pi-simulator';

import type {Connection, WriteMode} from './connection';
import {readLog} from './delta-log';

/** A table against what the plant holds. */
export interface TableFinding extends Comparison {
  /** Different rows of the table that the truth does not know at all. */
  readonly foreign: number;
}

/** A lake against the plant it was read from. */
export interface Verdict {
  /** Rows of all tables. */
  readonly rows: number;
  /** Nothing where the lake holds what it should. */
  readonly faults: readonly string[];
}

/** Compares every stream of which the plant knows the truth. */
export async function findings(
  simulator: Simulator,
  connection: Connection,
  from: string,
): Promise<readonly TableFinding[]> {
  const lake = await LakeReader.open(connection.tables);
  const all: TableFinding[] = [];
  for (const stream of STREAMS) {
    const file = path.join(connection.folder, `truth-${stream}.json`);
    const lines = truthLines(simulator, stream, {from, to: simulator.now()});
    await pipeline(Readable.from(lines), createWriteStream(file));
    all.push(await found(lake, stream, file));
  }
  lake.connection.closeSync();
  return all;
}

/**
 * With a key the tables equal the truth. Without one a row may have come twice, and an
 * event frame also as it was before it changed; nothing may be missing.
 */
export async function judge(
  simulator: Simulator,
  connection: Connection,
  {start, mode}: {readonly start: string; readonly mode: WriteMode},
): Promise<Verdict> {
  const {tables} = connection;
  const logs = new Map(tableNames(tables).map((name) => [name, readTable(name)]));
  const compared = await findings(simulator, connection, start);
  const faults = [
    ...[...logs.values()].flatMap((log) => log.faults),
    ...compared.flatMap((one) => rowFaults(one, mode)),
    ...compared
      .filter(({stream, inTable}) => logs.get(stream)?.rows !== inTable)
      .map(({stream}) => `${stream}: its log tells another number of rows`),
  ];
  return {rows: compared.reduce((sum, {inTable}) => sum + inTable, 0), faults};

  function readTable(name: string): ReturnType<typeof readLog> {
    return readLog(path.join(tables, name));
  }
}

function tableNames(tables: string): readonly string[] {
  return readdirSync(tables).filter((name) => !/^[._]/.test(name));
}

function rowFaults(
  {stream, missing, surplus, foreign}: TableFinding,
  mode: WriteMode,
): readonly string[] {
  const lacks = missing === 0 ? [] : [`${stream} lacks ${missing} rows`];
  const tooMany = {
    append_dedup: surplus,
    append: stream === 'event_frames' ? 0 : foreign,
  }[mode];
  return tooMany === 0 ? lacks : [...lacks, `${stream} has ${tooMany} rows too many`];
}

async function found(
  lake: LakeReader,
  stream: StreamName,
  file: string,
): Promise<TableFinding> {
  await lake.refresh(stream);
  const comparison = await compare(lake, stream, file);
  const foreign = await lake.number(
    'SELECT count(*) FROM (FROM table_rows EXCEPT FROM truth_rows)',
  );
  return {...comparison, foreign};
}
