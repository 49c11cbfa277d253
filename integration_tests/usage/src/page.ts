import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(__dirname, '../../..');

/** A fenced block of a page. */
export interface Block {
  /** `sh`, `json`, `sql`, …; empty where it is not said. */
  readonly language: string;
  /** What the comment above it says, `config: source-pi` as config to source-pi. */
  readonly marks: ReadonlyMap<string, string>;
  readonly text: string;
}

/** Every page that users read, by its path in the repository. */
export function pages(): readonly string[] {
  const guides = readdirSync(path.join(ROOT, 'spec/guides'));
  return [
    ...['README.md', 'CONTRIBUTING.md'],
    ...['source-pi', 'destination-unity'].map((name) => `spec/${name}/docs.md`),
    ...guides.map((name) => `spec/guides/${name}`),
  ];
}

export function textOf(page: string): string {
  return readFileSync(path.join(ROOT, page), 'utf8');
}

/** The blocks of a page, in order; those of lists are taken without their indent. */
export function blocksOf(page: string): readonly Block[] {
  const fenced = /(?:<!-- ([^>]*) -->\n\s*)?(^ *)```(\w*)\n([\s\S]*?)^ *```$/gm;
  return [...textOf(page).matchAll(fenced)].map(
    ([, marks = '', indent = '', language = '', text = '']) => ({
      language,
      marks: marksOf(marks),
      text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  );
}

function marksOf(text: string): ReadonlyMap<string, string> {
  const marks = text
    .split(';')
    .map((mark) => mark.split(':').map((part) => part.trim()));
  return new Map(marks.map(([name = '', value = '']) => [name, value]));
}

/** Headings with their level, `## Changelog` as [2, Changelog]. */
export function headingsOf(page: string): readonly (readonly [number, string])[] {
  const outside = textOf(page).replaceAll(/^ *```[\s\S]*?^ *```$/gm, '');
  return [...outside.matchAll(/^(#+) (.+)$/gm)].map(
    ([, hashes = '', title = '']) => [hashes.length, title.trim()] as const,
  );
}

/** The text below a heading, down to the next one of its level or above. */
export function sectionOf(page: string, title: string): string {
  const text = textOf(page);
  const [whole = '', hashes = ''] =
    new RegExp(`^(#+) ${title.replaceAll(/[.*+?()]/g, '\\$&')}$`, 'm').exec(text) ?? [];
  const begin = text.indexOf(whole) + whole.length;
  const rest = text.slice(begin);
  const end = new RegExp(`^#{1,${hashes.length}} `, 'm').exec(rest)?.index;
  return rest.slice(0, end);
}

/** The cells of each row of the tables in a text, headers and rules left out. */
export function rowsOf(text: string): readonly (readonly string[])[] {
  return text
    .split('\n')
    .filter((line, at, lines) => line.startsWith('|') && !isHead(line, lines[at + 1]))
    .map((line) =>
      line
        .replaceAll('\\|', '\0')
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.replaceAll('\0', '|').trim()),
    );
}

function isHead(line: string, next: string | undefined): boolean {
  return /^\|[-|\s]+\|$/.test(line) || /^\|[-|\s]+\|$/.test(next ?? '');
}
