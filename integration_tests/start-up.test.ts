import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
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

const WAYS_TO_SERVERS = ['@databricks/sql', 'axios', 'https-proxy-agent'];

describe('what a command does not need', () => {
  it.each(Object.keys(PROGRAMS) as Connector[])(
    'is not loaded: `spec` of %s needs no package of others',
    (connector) => {
      const {messages, packages} = ran(connector, 'spec');

      expect(messages).toContain('"type":"SPEC"');
      expect(packages).toEqual([]);
    },
  );

  it('is not loaded: `check` of a folder needs no way to a server', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'start-up-'));
    const config = path.join(folder, 'config.json');
    writeFileSync(config, JSON.stringify({engine: {type: 'local', path: folder}}));

    const {messages, packages} = ran('destination-unity', 'check', '--config', config);
    rmSync(folder, {recursive: true});

    expect(messages).toContain('"SUCCEEDED"');
    expect(packages.filter((name) => WAYS_TO_SERVERS.includes(name))).toEqual([]);
  });
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
