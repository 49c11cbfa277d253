import {spawnSync} from 'node:child_process';
import path from 'node:path';

const ROOT = path.join(__dirname, '..');
const PROGRAMS = {
  'source-pi': 'sources/pi/bin/source-pi',
  'destination-unity': 'destination-unity/bin/destination-unity',
} as const;
type Connector = keyof typeof PROGRAMS;

/** Runs a program as Node would, and tells at its end which files were loaded. */
const TELLING = `
  const [program, ...args] = process.argv.slice(1);
  process.argv = [process.argv[0], program, ...args];
  process.on('exit', () => console.error(Object.keys(require.cache).join('\\n')));
  require(program);`;

describe('what a command does not need', () => {
  it.each(Object.keys(PROGRAMS) as Connector[])(
    'is not loaded: `spec` of %s needs no package of others',
    (connector) => {
      const {messages, packages} = ran(connector, 'spec');

      expect(messages).toContain('"type":"SPEC"');
      expect(packages).toEqual([]);
    },
  );
});

interface Ran {
  readonly messages: string;
  /** Names of the foreign packages that files were loaded of. */
  readonly packages: readonly string[];
}

function ran(connector: Connector, ...args: readonly string[]): Ran {
  const program = path.join(ROOT, PROGRAMS[connector]);
  const argv = ['-e', TELLING, '--', program, ...args];
  const {stdout, stderr} = spawnSync(process.execPath, argv, {encoding: 'utf8'});
  const names = [...stderr.matchAll(/\/node_modules\/((?:@[^/]+\/)?[^/]+)\//g)];
  return {
    messages: stdout,
    packages: [...new Set(names.map(([, name = '']) => name))].sort(),
  };
}
