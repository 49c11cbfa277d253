import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import path from 'node:path';

import type {Client, ClientOrder, RunningClient} from './client';

/** Longer than anything takes that is not stuck. */
const LONGEST_MS = 120_000;

/** Runs the program itself, and ends it by SIGKILL. */
export class ProgramClient implements Client {
  /** @param program Path of `destination-unity`. */
  constructor(private readonly program: string) {}

  start(order: ClientOrder): RunningClient {
    const config = written(order, 'config', order.config);
    const catalog = written(order, 'catalog', order.catalog);
    const args = [this.program, 'write', '--config', config, '--catalog', catalog];
    const child = spawn(process.execPath, args, {stdio: ['pipe', 'pipe', 'pipe']});
    const stuck = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) order.onLine(line);
    });
    child.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => order.onLine(logLine(text)));
    // A program that was killed takes no more.
    child.stdin.on('error', () => undefined);
    child.stdin.end(textOf(order));
    const ended = once(child, 'close').then(([code]) => {
      clearTimeout(stuck);
      return code === 0;
    });
    return {ended, kill: () => void child.kill('SIGKILL')};
  }
}

function written({folder}: ClientOrder, name: string, content: unknown): string {
  const file = path.join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

function textOf({steps}: ClientOrder): string {
  const lines: string[] = [];
  for (const step of steps) if (step.kind === 'line') lines.push(`${step.line}\n`);
  return lines.join('');
}

function logLine(text: string): string {
  return JSON.stringify({type: 'LOG', log: {level: 'ERROR', message: text}});
}
