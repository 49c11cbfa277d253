import type {SqlReader} from './sql-reader';
import type {Token} from './sql-tokens';
import {unsupported} from './refusals';

/** Words that conditions may be made of, and what the engine calls them. */
const WORDS: Readonly<Record<string, string>> = {
  T: 't',
  S: 's',
  AND: 'AND',
  OR: 'OR',
  NOT: 'NOT',
  IS: 'IS',
  NULL: 'NULL',
  TRUE: 'TRUE',
  BETWEEN: 'BETWEEN',
  DATE: 'DATE',
  TIMESTAMP: 'TIMESTAMPTZ',
  TIMESTAMP_NTZ: 'TIMESTAMP',
};

const SYMBOLS: Readonly<Record<string, string>> = {
  '<=>': 'IS NOT DISTINCT FROM',
  '>': '>',
  '>=': '>=',
  '<=': '<=',
  '(': '(',
  ')': ')',
  '.': '.',
  '-': '-',
};

/** A condition up to one of the words that may follow it, for the engine. */
export function readCondition(
  reader: SqlReader,
  isOver: (reader: SqlReader) => boolean,
): string {
  const parts: string[] = [];
  while (!reader.isAtEnd && !isOver(reader)) parts.push(inEngine(reader.next()));
  return parts.join(' ');
}

/** A name as the engine quotes it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A literal as the engine quotes it. */
export function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function inEngine({kind, text}: Token): string {
  if (kind === 'name') return quoted(text);
  if (kind === 'text') return quotedText(text);
  if (kind === 'number') return text;
  const known = kind === 'word' ? WORDS[text.toUpperCase()] : SYMBOLS[text];
  if (known === undefined) throw unsupported(`"${text}" in a condition`);
  return known;
}
