import {type ChildProcess, spawn} from 'node:child_process';
import {closeSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {Readable, type Writable} from 'node:stream';
import {text} from 'node:stream/consumers';

import {BenchError} from '../bench-error';
import {openPipe} from './pipe';
import {tied} from './tied';

/** A program of Node, or of Python, and its arguments. */
export interface Command {
  /** Shown in messages: `source-pi`, `floor`. */
  readonly name: string;
  /** Absolute path of the script. */
  readonly script: string;
  readonly args: readonly string[];
  /** Absolute path of the interpreter of a program of Python. */
  readonly python?: string;
  /** Further options of Node, such as for a profile. */
  readonly nodeOptions?: readonly string[];
}

/** What one process of a pipeline used and said. */
export interface Outcome {
  readonly name: string;
  /** From the start of the pipeline to the end of this process. */
  readonly wallSeconds: number;
  /** User and system time of all its threads. */
  readonly cpuSeconds: number;
  /** Of which the main thread's. */
  readonly mainThreadSeconds: number;
  /** Highest resident set of the whole process. */
  readonly peakBytes: number;
  /** Standard output of the last process of the pipeline; empty for the others. */
  readonly said: string;
}

interface Running {
  readonly command: Command;
  readonly child: ChildProcess;
}

interface Ends {
  readonly stdin: number | 'ignore';
  readonly stdout: number | 'pipe';
}

const ACCOUNT = require.resolve('./account');
/** Beside the sources: the compiler copies no Python. */
const PYTHON_ACCOUNT = join(__dirname, '../../src/process/account.py');

/**
 * Runs programs as a shell's `a | b | c`, each with an account of its own, and resolves
 * when all have ended. Rejects with a `BenchError` when one of them fails.
 *
 * @param output Descriptor for the last one's standard output, which is then not `said`.
 */
export async function runPipeline(
  commands: readonly Command[],
  output?: number,
): Promise<readonly Outcome[]> {
  const started = process.hrtime.bigint();
  const running = startAll(commands, output);
  const outcomes = await Promise.allSettled(
    running.map((one) => finished(one, started)),
  );
  const ended = outcomes.flatMap((one) =>
    one.status === 'fulfilled' ? [one.value] : [],
  );
  if (ended.length === commands.length) return ended;
  // What failed first may have told its reason to the next program in the pipe.
  const failures = outcomes.flatMap((one) =>
    one.status === 'rejected' ? [String(one.reason)] : [],
  );
  const said = [...failures, ...ended.map((one) => one.said)];
  throw new BenchError(said.filter((text) => text !== '').join('\n'));
}

/** Runs one program; see `runPipeline`. */
export async function runAlone(command: Command): Promise<Outcome> {
  const [outcome] = await runPipeline([command]);
  if (outcome === undefined) throw new BenchError(`${command.name} did not run.`);
  return outcome;
}

function startAll(commands: readonly Command[], output?: number): readonly Running[] {
  const pipes = commands.slice(1).map(openPipe);
  const running = commands.map((command, position) => {
    const stdin = pipes[position - 1]?.readEnd ?? 'ignore';
    const stdout = pipes[position]?.writeEnd ?? output ?? 'pipe';
    return {command, child: start(command, {stdin, stdout})};
  });
  // Only the children may hold the pipes, or nobody would ever read an end of file.
  for (const {readEnd, writeEnd} of pipes) {
    closeSync(readEnd);
    closeSync(writeEnd);
  }
  return running;
}

function start(command: Command, {stdin, stdout}: Ends): ChildProcess {
  const stdio = [stdin, stdout, 'pipe', 'pipe'] as const;
  const {environment, options} = asked(command.script);
  const [executable, ...args] = commandLine(command, options);
  const env = {...process.env, ...environment};
  return tied(spawn(executable, args, {stdio: [...stdio], env}));
}

/** @param asked Options of Node that the script asks for. */
function commandLine(
  {script, args, python, nodeOptions = []}: Command,
  asked: readonly string[],
): readonly [string, ...string[]] {
  if (python !== undefined) return [python, PYTHON_ACCOUNT, script, ...args];
  const options = [...asked, ...nodeOptions, '--require', ACCOUNT];
  return [process.execPath, ...options, script, ...args];
}

/** What a script runs with when it is started as a program. */
interface Asked {
  readonly environment: Readonly<Record<string, string>>;
  /** Of Node. */
  readonly options: readonly string[];
}

/** As its first line asks: `#!/usr/bin/env -S NAME=value node --option`. */
function asked(script: string): Asked {
  const [firstLine = ''] = readFileSync(script, 'utf8').split('\n', 1);
  const [, before = '', behind = ''] = /^#!(.*)\bnode\b(.*)$/.exec(firstLine) ?? [];
  const assigned = [...before.matchAll(/(\w+)=(\S+)/g)];
  const environment = assigned.map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  const options = behind.split(' ').filter((option) => option !== '');
  return {environment: Object.fromEntries<string>(environment), options};
}

async function finished({command, child}: Running, started: bigint): Promise<Outcome> {
  const {name} = command;
  const [, , stderr, descriptor] = child.stdio;
  const [end, stdout, errors, account] = await Promise.all([
    ended(child, started),
    textOf(child.stdout),
    textOf(stderr),
    textOf(descriptor),
  ]);
  if (end.status !== '0') {
    const said = `${stdout}${errors}`.slice(-4000);
    throw new BenchError(`${name} ended with ${end.status}. ${said}`);
  }
  if (account === '') throw new BenchError(`${name} left no account of what it used.`);
  const used = JSON.parse(account) as Omit<Outcome, 'name' | 'wallSeconds' | 'said'>;
  return {name, wallSeconds: end.wallSeconds, ...used, said: stdout};
}

interface End {
  /** The exit code, the name of a signal, or why it could not be started. */
  readonly status: string;
  readonly wallSeconds: number;
}

function ended(child: ChildProcess, started: bigint): Promise<End> {
  return new Promise((resolve) => {
    const end = (status: string): void => {
      const wallSeconds = Number(process.hrtime.bigint() - started) / 1e9;
      resolve({status, wallSeconds});
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) => end(String(code ?? signal)));
  });
}

async function textOf(stream: Readable | Writable | null | undefined): Promise<string> {
  return stream instanceof Readable ? await text(stream) : '';
}
