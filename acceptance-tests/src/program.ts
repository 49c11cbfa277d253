import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');

export const PROGRAMS = {
  source: path.join(ROOT, 'sources/pi/bin/source-pi'),
  destination: path.join(ROOT, 'destination-unity/bin/destination-unity'),
  simulator: path.join(ROOT, 'integration_tests/pi-simulator/bin/pi-simulator'),
} as const;

/** A message as any judge would see it. */
export type Message = Readonly<Record<string, unknown>>;

export interface Outcome {
  readonly exit: number | string | null;
  /** Lines of stdout, as printed. */
  readonly lines: readonly string[];
  readonly messages: readonly Message[];
  readonly stderr: string;
}

/** Runs a program to its end with the given standard input. */
export async function run(
  program: string,
  args: readonly string[],
  stdin = '',
): Promise<Outcome> {
  const child = spawn(process.execPath, [program, ...args], {
    env: {...process.env, CHECKPOINT_INTERVAL_SECONDS: '0'},
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  const lines = Buffer.concat(out).toString('utf8').split('\n').filter(Boolean);
  return {
    exit: code ?? signal,
    lines,
    messages: lines.map((line) => JSON.parse(line) as Message),
    stderr: Buffer.concat(err).toString('utf8'),
  };
}

/** A private folder for the documents of one test. */
export function folder(): string {
  return mkdtempSync(path.join(tmpdir(), 'acceptance-'));
}

/** Writes a document and gives its path; the name need not end in `.json`. */
export function file(place: string, name: string, content: unknown): string {
  const target = path.join(place, name);
  writeFileSync(target, JSON.stringify(content));
  return target;
}

export function ofType(outcome: Outcome, type: string): readonly Message[] {
  return outcome.messages.filter((message) => message['type'] === type);
}

/** A file of the contract in `spec/`. */
export function committed(name: string): unknown {
  return JSON.parse(readFileSync(path.join(ROOT, 'spec', name), 'utf8'));
}
