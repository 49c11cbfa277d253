import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

import {ensureTools, runTool} from './tools';
import {NEEDLESS_JARS, PYSPARK, SPARK_JARS} from './versions';

const REPOSITORY = path.join(__dirname, '..', '..', '..', '..');
/** The files that are not code: Delta's coordinates, two Java classes, the settings. */
export const SPARK_FILES = path.join(__dirname, '..', '..', 'spark');
const JAVA_CLASSES = ['LakeCatalog.java', 'LakeServer.java'];

/** An installation that is complete. */
export interface SparkHome {
  /** What `java -cp` takes. */
  readonly classPath: string;
}

/**
 * Installs Spark and Delta under the repository's `.suites/`, once for these versions:
 * Spark from its source archive on PyPI, Delta from Maven Central. Throws where a tool is
 * missing or a registry cannot be reached.
 */
export function installSpark(): SparkHome {
  const home = path.join(REPOSITORY, '.suites', 'spark');
  const stamp = path.join(home, '.pinned');
  const wanted = fingerprint();
  const isInstalled = fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted;
  if (!isInstalled) {
    const beside = fs.mkdtempSync(
      `${path.join(ensured(path.dirname(home)), 'spark')}-`,
    );
    try {
      installInto(beside);
      fs.writeFileSync(path.join(beside, '.pinned'), wanted);
      // Whole or not at all, also when two installations meet.
      fs.rmSync(home, {recursive: true, force: true});
      fs.renameSync(beside, home);
    } finally {
      fs.rmSync(beside, {recursive: true, force: true});
    }
  }
  return {classPath: classPath(home)};
}

function installInto(home: string): void {
  const [downloads, jars, delta, classes] = [
    'downloads',
    'jars',
    'delta',
    'classes',
  ].map((name) => ensured(path.join(home, name))) as [string, string, string, string];
  ensureTools();
  say(`Fetching ${PYSPARK.requirement}`);
  downloadArchive(downloads);
  say('Unpacking Spark');
  runTool('tar', [
    'xzf',
    path.join(downloads, PYSPARK.archive),
    `--directory=${jars}`,
    '--strip-components=3',
    '--wildcards',
    ...NEEDLESS_JARS.map((pattern) => `--exclude=${pattern}`),
    SPARK_JARS,
  ]);
  fs.rmSync(downloads, {recursive: true});
  say('Fetching Delta');
  runTool('mvn', [
    '--batch-mode',
    '--quiet',
    `--file=${path.join(SPARK_FILES, 'pom.xml')}`,
    'dependency:copy-dependencies',
    '-DincludeScope=runtime',
    '-DincludeGroupIds=io.delta,io.unitycatalog',
    `-DoutputDirectory=${delta}`,
  ]);
  const sources = JAVA_CLASSES.map((name) => path.join(SPARK_FILES, name));
  runTool('javac', [
    ...['-proc:none', '-nowarn', '-cp', `${jars}/*:${delta}/*`, '-d', classes],
    ...sources,
  ]);
}

/** The archive is half a gigabyte and holds the jars; nothing of Python is installed. */
function downloadArchive(folder: string): void {
  const requirements = path.join(folder, 'requirements.txt');
  fs.writeFileSync(
    requirements,
    `${PYSPARK.requirement} --hash=sha256:${PYSPARK.sha256}\n`,
  );
  runTool('python3', [
    ...['-m', 'pip', '--disable-pip-version-check', '--quiet', 'download'],
    ...['--no-deps', '--no-binary=:all:', '--require-hashes'],
    ...['--dest', folder, '--requirement', requirements],
  ]);
}

/** Changes when anything that is installed or compiled changes. */
function fingerprint(): string {
  const hash = createHash('sha256').update(
    JSON.stringify([PYSPARK, SPARK_JARS, NEEDLESS_JARS]),
  );
  for (const name of ['pom.xml', ...JAVA_CLASSES])
    hash.update(fs.readFileSync(path.join(SPARK_FILES, name)));
  return hash.digest('hex');
}

function classPath(home: string): string {
  return [
    path.join(home, 'classes'),
    path.join(home, 'delta', '*'),
    path.join(home, 'jars', '*'),
  ].join(path.delimiter);
}

function ensured(folder: string): string {
  fs.mkdirSync(folder, {recursive: true});
  return folder;
}

function say(what: string): void {
  process.stderr.write(`${what} ...\n`);
}
