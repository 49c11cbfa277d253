import {parseIso} from '../time/ticks';
import {
  BAD,
  emptyEvent,
  QUESTIONABLE,
  SUBSTITUTED,
  type ArchiveEvent,
} from './archive-event';
import {systemStateCode, systemStateName} from './digital-sets';
import {EventColumns} from './event-columns';
import {type StoredSeries} from './series';
import {UsageError} from './usage-error';

/** A tag of a replayed file. */
export interface ReplayedTag {
  readonly name: string;
  readonly isNumeric: boolean;
  readonly series: StoredSeries;
}

interface Row {
  readonly ticks: number;
  readonly value: string;
  readonly quality: string;
}

const FLAGS: Readonly<Record<string, number>> = {
  good: 0,
  bad: BAD,
  questionable: QUESTIONABLE,
  substituted: SUBSTITUTED,
};
const BAD_INPUT = 255;

/**
 * Reads a CSV with header `tag,timestamp,value[,quality]` into tags in the order of
 * their first appearance.
 *
 * A tag whose values are all numbers is numeric, any other a text. An empty value is
 * `Bad Input`; a bad one that names a system state is that state. Events are sorted by
 * time, ties keep the order of the file; times are kept as written, to 100 ns.
 *
 * @throws UsageError naming the line that cannot be read.
 */
export function readReplay(csv: string, fileName: string): readonly ReplayedTag[] {
  const [header = [], ...lines] = csvRecords(csv.replace(/^\uFEFF/, ''));
  const columns = header.map((name) => name.trim().toLowerCase());
  const place = (name: string): number => columns.indexOf(name);
  const [tag, timestamp, value] = [place('tag'), place('timestamp'), place('value')];
  if (tag < 0 || timestamp < 0 || value < 0) {
    throw new UsageError(
      `${fileName}: the first line must be tag,timestamp,value[,quality].`,
    );
  }
  const rows = new Map<string, Row[]>();
  lines.forEach((fields, index) => {
    const at = `${fileName}, record ${index + 2}`;
    const row = readRow(at, [
      fields[timestamp],
      fields[value],
      fields[place('quality')],
    ]);
    const name = fields[tag]?.trim() ?? '';
    if (name === '') throw new UsageError(`${at}: the tag is empty.`);
    const known = rows.get(name);
    if (known === undefined) rows.set(name, [row]);
    else known.push(row);
  });
  return [...rows].map(([name, own]) => replayedTag(name, own));
}

function readRow(
  at: string,
  [time = '', value = '', quality]: (string | undefined)[],
): Row {
  const ticks = parseIso(time);
  if (ticks === undefined) {
    throw new UsageError(`${at}: "${time}" is not an ISO 8601 timestamp.`);
  }
  const word = quality?.trim().toLowerCase() ?? '';
  const known = word === '' ? 'good' : word;
  if (!Object.hasOwn(FLAGS, known)) {
    throw new UsageError(`${at}: quality is good, bad, questionable or substituted.`);
  }
  return {ticks, value, quality: known};
}

function replayedTag(name: string, rows: readonly Row[]): ReplayedTag {
  const isNumeric = rows.every((row) => asNumber(row) !== undefined);
  const events = rows.map((row) => {
    const value = (isNumeric ? asNumber(row) : asState(row)) ?? asText(row);
    return {
      ...emptyEvent(),
      ...value,
      ticks: row.ticks,
      flags: FLAGS[row.quality] ?? 0,
    };
  });
  return {
    name,
    isNumeric,
    series: {origin: 'stored', events: new EventColumns(events)},
  };
}

type Value = Partial<ArchiveEvent>;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function asNumber(row: Row): Value | undefined {
  const text = row.value.trim();
  if (NUMBER.test(text)) return {number: Number(text)};
  if (/^nan$/i.test(text)) return {number: Number.NaN};
  return asState(row);
}

function asText({value}: Row): Value {
  return {kind: 'string', text: value};
}

function asState({value, quality}: Row): Value | undefined {
  if (value.trim() === '') return systemState(BAD_INPUT);
  const code = quality === 'bad' ? systemStateCode(value) : undefined;
  return code === undefined ? undefined : systemState(code);
}

function systemState(code: number): Value {
  return {kind: 'system', number: code, text: systemStateName(code)};
}

const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;

/** Records of RFC 4180: quoted fields may hold commas, quotes and line ends. */
function csvRecords(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length) {
    FIELD.lastIndex = at;
    const match = FIELD.exec(text);
    if (match === null)
      throw new UsageError(`Record ${records.length + 1} is not CSV.`);
    at = FIELD.lastIndex;
    record.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    records.push(record);
    record = [];
  }
  if (record.length > 0) records.push([...record, '']);
  return records.filter((fields) => fields.length > 1 || fields[0] !== '');
}
