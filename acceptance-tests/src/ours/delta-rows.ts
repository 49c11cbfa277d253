#!/usr/bin/env node
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';

import {
  type DuckDBBlobValue,
  DuckDBInstance,
  type DuckDBConnection,
} from '@duckdb/node-api';

/**
 * Prints the rows of a Delta table of a local lake as JSON lines:
 *
 *     delta-rows FOLDER NAMESPACE STREAM
 *
 * FOLDER is that of the catalog. Integers and decimals that a double cannot say are texts,
 * times are ISO 8601 with microseconds. A table that is not there has no rows. It reads
 * the log and the files by itself, and knows nothing of the program that wrote them.
 */
async function main([folder = '', namespace = '', stream = '']: readonly string[]) {
  const table = path.join(folder, plainName(namespace), plainName(stream));
  const files = presentFiles(table);
  if (files.length === 0) return;
  const connection = await connect();
  const list = files.map(quotedText).join();
  const from = `read_parquet([${list}], union_by_name = true)`;
  const columns = await columnsOf(connection, from);
  const cells = columns.map(({name, type}, i) => `${asText(name, type)} AS c${i}`);
  const result = await connection.stream(`SELECT ${cells.join()} FROM ${from}`);
  for await (const rows of result.yieldRows()) {
    for (const row of rows) process.stdout.write(`${line(columns, row)}\n`);
  }
}

/** Letters, digits and `_`, in lower case: how the tables of a lake are called. */
function plainName(original: string): string {
  const plain = original
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/[^A-Za-z0-9_]/g, '_')
    .toLowerCase();
  return /^[0-9]/.test(plain) ? `_${plain}` : plain;
}

interface Action {
  readonly add?: {readonly path: string};
  readonly remove?: {readonly path: string};
}

/** The data files of a table as all of its commits leave it. */
function presentFiles(table: string): readonly string[] {
  const log = path.join(table, '_delta_log');
  const names = existsSync(log) ? readdirSync(log) : [];
  const files = new Set<string>();
  for (const name of names.filter((each) => /^\d{20}\.json$/.test(each)).sort()) {
    const lines = readFileSync(path.join(log, name), 'utf8').split('\n');
    const actions = lines.filter(Boolean).map((text) => JSON.parse(text) as Action);
    for (const {remove} of actions) if (remove) files.delete(remove.path);
    for (const {add} of actions) if (add) files.add(add.path);
  }
  return [...files].map((file) => path.join(table, decodeURIComponent(file)));
}

interface Column {
  readonly name: string;
  readonly type: string;
}

async function connect(): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', {threads: '1'});
  const connection = await instance.connect();
  await connection.run(`SET TimeZone = 'UTC'`);
  return connection;
}

async function columnsOf(
  connection: DuckDBConnection,
  from: string,
): Promise<readonly Column[]> {
  const reader = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`);
  return reader.getRowObjects().map((row) => ({
    name: String(row['column_name']),
    type: String(row['column_type']),
  }));
}

/** As bytes: a text that begins with a byte order mark arrives whole. */
function asText(name: string, type: string): string {
  const quoted = `"${name.replaceAll('"', '""')}"`;
  const value = type.startsWith('TIMESTAMP') ? `epoch_us(${quoted})` : quoted;
  return `encode(${value}::VARCHAR)`;
}

function line(columns: readonly Column[], row: readonly unknown[]): string {
  const members = columns.map(({name, type}, i) => {
    const cell = row[i] as DuckDBBlobValue | null;
    const text = cell && Buffer.from(cell.bytes).toString('utf8');
    return `${JSON.stringify(name)}:${text === null ? 'null' : jsonOf(text, type)}`;
  });
  return `{${members.join()}}`;
}

function jsonOf(text: string, type: string): string {
  if (type.startsWith('TIMESTAMP')) return JSON.stringify(instantText(BigInt(text)));
  if (type === 'BOOLEAN') return text;
  if (type === 'DOUBLE' || (type === 'BIGINT' && Number.isSafeInteger(Number(text)))) {
    return Number.isFinite(Number(text)) ? String(Number(text)) : JSON.stringify(text);
  }
  return JSON.stringify(text);
}

function instantText(microseconds: bigint): string {
  const fraction = ((microseconds % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = (microseconds - fraction) / 1_000_000n;
  const text = new Date(Number(seconds) * 1000).toISOString();
  return text.replace('.000Z', `.${String(fraction).padStart(6, '0')}Z`);
}

function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

void main(process.argv.slice(2));
