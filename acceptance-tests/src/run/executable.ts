import {spawn} from 'node:child_process';
import {mkdtempSync} from 'node:fs';
import path from 'node:path';

import {argumentsOf} from './documents';
import type {Command, Runner} from './runner';
import {supervise} from './supervise';

interface ExecutableOptions {
  /** A folder for the documents and outputs of all runs. */
  readonly work: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A connector that is a program of this machine. */
export function executable(
  program: string,
  {work, environment = {}}: ExecutableOptions,
): Runner {
  const file = path.resolve(program);
  return {
    name: program,
    run: (command: Command) => {
      const folder = mkdtempSync(path.join(work, `${command.command}-`));
      const args = argumentsOf(command, path.join(folder, 'documents'));
      const child = spawn(file, args, {
        cwd: path.join(folder, 'documents'),
        env: {...process.env, ...environment, ...command.environment},
      });
      return supervise(child, {
        ...{command, folder},
        kill: () => child.kill('SIGKILL'),
        memoryOf: child.pid,
      });
    },
  };
}
