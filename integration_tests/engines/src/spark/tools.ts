import {spawnSync} from 'node:child_process';

interface Tool {
  readonly command: string;
  readonly probe: readonly string[];
  /** Debian's package that brings it. */
  readonly debianPackage: string;
}

/** What the installation runs. `javac` stands for a JDK; Spark wants Java 17 or newer. */
const TOOLS: readonly Tool[] = [
  {
    command: 'javac',
    probe: ['--release', '17', '-version'],
    debianPackage: 'openjdk-17-jdk-headless',
  },
  {command: 'mvn', probe: ['--version'], debianPackage: 'maven'},
  {
    command: 'python3',
    probe: ['-m', 'pip', '--version'],
    debianPackage: 'python3-pip',
  },
  {command: 'tar', probe: ['--version'], debianPackage: 'tar'},
];

/**
 * Makes sure that a JDK, Maven, pip and tar are there. As root on Debian or Ubuntu what
 * is missing is installed; elsewhere it is named in the error.
 */
export function ensureTools(): void {
  const missing = TOOLS.filter(({command, probe}) => !succeeds(command, probe));
  if (missing.length === 0) return;
  const packages = missing.map(({debianPackage}) => debianPackage);
  if (process.getuid?.() === 0 && succeeds('apt-get', ['--version'])) {
    process.stderr.write(`Installing ${packages.join(', ')} ...\n`);
    runTool('apt-get', ['update', '-qq']);
    runTool('apt-get', [
      'install',
      '-qq',
      '-y',
      '--no-install-recommends',
      ...packages,
    ]);
    return;
  }
  throw new Error(
    `Spark needs ${missing.map(({command}) => command).join(', ')}, not found here ` +
      `(on Debian and Ubuntu: apt-get install ${packages.join(' ')}).`,
  );
}

/** Runs a tool to its end; its own words are the error when it fails. */
export function runTool(command: string, args: readonly string[]): void {
  const {status, stdout, stderr, error} = spawnSync(command, args, {
    encoding: 'utf8',
    env: {...process.env, DEBIAN_FRONTEND: 'noninteractive'},
  });
  if (status === 0) return;
  throw new Error(
    `${command} ${args.slice(0, 3).join(' ')} failed.\n${error?.message ?? ''}${stdout}${stderr}`,
  );
}

function succeeds(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, {stdio: 'ignore'}).status === 0;
}
