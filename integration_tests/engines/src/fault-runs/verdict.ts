import type {Query} from '../stand-in/stand-in-warehouse';
import type {ExpectedTable} from './model';
import type {StoryRow, StoryStream} from './story';

/** A table to be compared. */
export interface TableOrder {
  readonly stream: StoryStream;
  /** `main.pi.stream_0`. */
  readonly fullName: string;
  readonly expected: ExpectedTable;
  /** How many attempts have sent a row, by its serial. */
  readonly timesSent: ReadonlyMap<number, number>;
}

/** Of a stream: the columns that any of its rows may have. */
const OWN_COLUMNS = ['serial', 'id', 'part', 'at', 'value', 'label'] as const;

/** What is wrong with the rows of a table; nothing if they are what the model says. */
export async function judgeRows(
  order: TableOrder,
  query: Query,
): Promise<readonly string[]> {
  const {expected, fullName, stream} = order;
  const stored = await storedRows(fullName, query);
  const counts = new Map<number, number>();
  const problems: string[] = [];
  for (const row of stored) {
    counts.set(row.serial, (counts.get(row.serial) ?? 0) + 1);
    const wanted = expected.rows.get(row.serial);
    if (wanted === undefined) problems.push(`row ${row.serial} has no place there`);
    else if (canonical(wanted) !== canonical(row)) {
      problems.push(`row ${row.serial} is ${canonical(row)}, not ${canonical(wanted)}`);
    }
  }
  for (const serial of expected.rows.keys()) {
    if (!counts.has(serial)) problems.push(`row ${serial} is missing`);
  }
  problems.push(...doubled(counts, order));
  return shortened(problems).map((problem) => `${stream.kind} ${fullName}: ${problem}`);
}

/**
 * With a key no row is there twice; nor is one where every attempt begins anew. Without,
 * a row may be there as often as attempts have sent it.
 */
function doubled(
  counts: ReadonlyMap<number, number>,
  {stream, timesSent}: TableOrder,
): readonly string[] {
  const mayRepeat = stream.kind === 'append' || stream.kind === 'overwrite';
  return [...counts].flatMap(([serial, count]) => {
    const most = mayRepeat ? (timesSent.get(serial) ?? 0) : 1;
    return count <= most ? [] : [`row ${serial} is there ${count} times, not ${most}`];
  });
}

async function storedRows(
  fullName: string,
  query: Query,
): Promise<readonly StoryRow[]> {
  const [schema, table] = [
    fullName.slice(0, fullName.lastIndexOf('.')),
    fullName.split('.').at(-1),
  ];
  const name = `"${schema}"."${table}"`;
  const described = await query(`SELECT column_name FROM (DESCRIBE ${name})`);
  const extras = described
    .map(([column]) => String(column))
    .filter((column) => column.startsWith('extra_'));
  const selected = OWN_COLUMNS.map((column) =>
    column === 'at' ? 'epoch_us("at")' : `"${column}"`,
  );
  const rows = await query(
    `SELECT ${[...selected, ...extras.map((extra) => `"${extra}"`)].join(', ')} FROM ${name}`,
  );
  return rows.map((row) => ({
    serial: Number(row[0]),
    id: Number(row[1]),
    part: row[2] as string | null,
    at: row[3] === null ? null : Number(row[3]),
    value: row[4] === null ? null : Number(row[4]),
    label: String(row[5]),
    extras: Object.fromEntries(
      extras.map((extra, number) => [extra, plain(row[OWN_COLUMNS.length + number])]),
    ),
  }));
}

/** Numbers of 64 bits come as text. */
function plain(value: unknown): string | number | boolean | null {
  return value as string | number | boolean | null;
}

/** The same text for the same row: a column that the stream had not yet is NULL. */
function canonical({extras, label, ...row}: StoryRow): string {
  const known = Object.entries(extras)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => [name, String(value)])
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return JSON.stringify([
    ...[row.serial, row.id, row.part, row.at, row.value],
    ...[label.length, label.slice(0, 40), known],
  ]);
}

function shortened(problems: readonly string[]): readonly string[] {
  const more = problems.length - 3;
  return more <= 0
    ? problems
    : [...problems.slice(0, 3), `and ${more} more of such rows`];
}
