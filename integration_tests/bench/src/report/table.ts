import type {Measure} from './measure';

const HEAD = [
  'measure',
  'ours',
  'against',
  'ratio',
  'spread',
  'target',
  'met',
] as const;
const LEFT_ALIGNED = 1;

/** The measures as a table for a terminal; figures are medians. */
export function table(measures: readonly Measure[]): string {
  return columns([HEAD, ...measures.map(cells)]);
}

/** Rows as a table, the first of them as its head; all columns but the first to the right. */
export function columns(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const widths = head.map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const lines = rows.map((row) =>
    row.map((cell, i) => aligned(cell, i, widths)).join('  '),
  );
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [lines[0], rule, ...lines.slice(1)]
    .map((line) => `${line?.trimEnd()}\n`)
    .join('');
}

function cells(measure: Measure): readonly string[] {
  const {ours, against, ratio, spread, unit} = measure;
  if (measure.notRun !== undefined) {
    return [measure.measure, '-', '-', '-', '-', targetText(measure), 'not run'];
  }
  return [
    measure.measure,
    `${grouped(ours)} ${unit}`,
    `${grouped(against)} ${unit}`,
    ratio.toFixed(2),
    `${spread[0].toFixed(2)}..${spread[1].toFixed(2)}`,
    targetText(measure),
    metText(measure),
  ];
}

function aligned(cell: string, column: number, widths: readonly number[]): string {
  const width = widths[column] ?? 0;
  return column < LEFT_ALIGNED ? cell.padEnd(width) : cell.padStart(width);
}

function targetText({target, bound}: Measure): string {
  if (target === null) return '-';
  return `${bound === 'at least' ? '>=' : '<='} ${target}`;
}

function metText({met}: Measure): string {
  if (met === null) return '-';
  return met ? 'yes' : 'NO';
}

/** How many targets are met: one line. */
export function verdict(measures: readonly Measure[]): string {
  const demanded = measures.filter(({target}) => target !== null);
  const absent = demanded.filter((one) => one.notRun !== undefined).length;
  const met = demanded.filter((one) => one.met === true).length;
  const missed = demanded.length - met - absent;
  return `Targets: ${met} met, ${missed} not met, ${absent} not run.\n`;
}

/** 1234567 as `1,234,567`, 0.1234 as `0.123`. */
function grouped(value: number): string {
  const decimals = Math.abs(value) >= 100 ? 0 : 3;
  return value.toLocaleString('en-US', {maximumFractionDigits: decimals});
}
