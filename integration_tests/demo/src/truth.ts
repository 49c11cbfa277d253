import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createWriteStream} from 'node:fs';
import {pipeline} from 'node:stream/promises';

import {executable} from './executables';
import {quoted, type LakeReader} from './lake';
import {plantArguments, type Plant} from './simulator';

/** The streams of source-pi and the SQL types in which their fields are compared. */
const FIELDS = {
  timeseries: {
    tag_webid: 'VARCHAR',
    tag_name: 'VARCHAR',
    timestamp: 'TIMESTAMPTZ',
    sequence: 'BIGINT',
    value: 'DOUBLE',
    value_string: 'VARCHAR',
    digital_code: 'BIGINT',
    digital_name: 'VARCHAR',
    value_kind: 'VARCHAR',
    quality_good: 'BOOLEAN',
    quality_questionable: 'BOOLEAN',
    quality_substituted: 'BOOLEAN',
    quality_annotated: 'BOOLEAN',
    units: 'VARCHAR',
    error: 'VARCHAR',
  },
  af_elements: {
    element_id: 'VARCHAR',
    element_name: 'VARCHAR',
    element_path: 'VARCHAR',
    parent_id: 'VARCHAR',
    template_name: 'VARCHAR',
    element_type: 'VARCHAR',
    description: 'VARCHAR',
    web_id: 'VARCHAR',
    asset_server: 'VARCHAR',
    database_name: 'VARCHAR',
    depth: 'BIGINT',
    category_names: 'JSON',
    has_children: 'BOOLEAN',
    extended_properties: 'JSON',
  },
  event_frames: {
    event_frame_id: 'VARCHAR',
    event_name: 'VARCHAR',
    template_name: 'VARCHAR',
    start_time: 'TIMESTAMPTZ',
    end_time: 'TIMESTAMPTZ',
    is_open: 'BOOLEAN',
    duration_minutes: 'DOUBLE',
    primary_element_id: 'VARCHAR',
    referenced_element_ids: 'JSON',
    event_attributes: 'JSON',
    severity: 'VARCHAR',
    is_acknowledged: 'BOOLEAN',
    acknowledged_by: 'VARCHAR',
    acknowledged_date: 'TIMESTAMPTZ',
    category_names: 'JSON',
    parent_event_frame_id: 'VARCHAR',
    database_name: 'VARCHAR',
    web_id: 'VARCHAR',
  },
} as const;

export type StreamName = keyof typeof FIELDS;
export const STREAMS = Object.keys(FIELDS) as readonly StreamName[];

/** Which part of whose truth. */
export interface TruthRequest {
  readonly plant: Plant;
  readonly from: string;
  /** Exclusive; also the plant's clock. */
  readonly to: string;
  readonly file: string;
}

/** Writes what the plant holds, as told without HTTP, into a file of one JSON a line. */
export async function writeTruth(
  stream: StreamName,
  {plant, from, to, file}: TruthRequest,
): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      ...[executable('pi-simulator'), 'truth', ...plantArguments(plant)],
      ...['--now', to, '--from', from, '--to', to, '--stream', stream],
    ],
    {stdio: ['ignore', 'pipe', 'inherit']},
  );
  const exit = once(child, 'exit');
  await pipeline(child.stdout, createWriteStream(file));
  const [code] = (await exit) as [number | null];
  if (code !== 0) throw new Error(`The truth of ${stream} could not be told.`);
}

/** How table and truth compare, row by row and column by column. */
export interface Comparison {
  readonly stream: StreamName;
  readonly inTruth: number;
  readonly inTable: number;
  /** Rows of the truth that the table lacks. */
  readonly missing: number;
  /** Rows of the table that are not in the truth. */
  readonly surplus: number;
}

/** Compares every column of every row; timestamps to the microsecond a table holds. */
export async function compare(
  lake: LakeReader,
  stream: StreamName,
  file: string,
): Promise<Comparison> {
  const names = Object.entries(FIELDS[stream]);
  const read = names.map(([name, type]) => `${name}: '${readAs(type)}'`).join(', ');
  const told = names.map(([name, type]) => fromTruth(name, type)).join(', ');
  const held = names.map(([name, type]) => fromTable(name, type)).join(', ');
  await lake.connection.run(
    `CREATE OR REPLACE TABLE truth_rows AS SELECT ${told}
     FROM read_json(${quoted(file)}, format = 'newline_delimited', columns = {${read}})`,
  );
  await lake.connection.run(
    `CREATE OR REPLACE TABLE table_rows AS SELECT ${held} FROM ${stream}`,
  );
  const count = (sql: string): Promise<number> =>
    lake.number(`SELECT count(*) FROM (${sql})`);
  return {
    stream,
    inTruth: await count('FROM truth_rows'),
    inTable: await count('FROM table_rows'),
    missing: await count('FROM truth_rows EXCEPT ALL FROM table_rows'),
    surplus: await count('FROM table_rows EXCEPT ALL FROM truth_rows'),
  };
}

function readAs(type: string): string {
  return type === 'TIMESTAMPTZ' ? 'VARCHAR' : type;
}

/** The truth has seven decimals, a table six: the seventh is cut, never rounded. */
function fromTruth(name: string, type: string): string {
  if (type === 'TIMESTAMPTZ') {
    return `(left(${name}, 26) || 'Z')::TIMESTAMPTZ AS ${name}`;
  }
  return type === 'JSON' ? `json(${name})::VARCHAR AS ${name}` : name;
}

function fromTable(name: string, type: string): string {
  if (type === 'JSON') return `json(${name})::VARCHAR AS ${name}`;
  return `${name}::${type} AS ${name}`;
}

export function isEqual({missing, surplus}: Comparison): boolean {
  return missing === 0 && surplus === 0;
}
