import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {parseArgs} from 'node:util';

import {loadPlan, PlanError} from './config/load';
import {judge} from './harness';
import {OUR_STAGES, type OurConnector} from './ours/stages';
import {junit} from './report/junit';
import {closingLine, table} from './report/table';
import type {Result} from './report/result';
import {executable} from './run/executable';
import {image} from './run/image';
import type {Runner} from './run/runner';
import {Stage} from './stage/stage';

const USAGE = `npm run acceptance -- [options]

Asks a connector for every rule that Airbyte has for certified connectors, and for ours.
Without options: both connectors of this checkout, on simulators started for it.

  --executable PATH   a program instead of the checkout's
  --image NAME        an image instead of a program
  --config FILE       its acceptance-test-config.yml; what Airbyte's format has no place
                      for is read from acceptance-test-own.yml beside it
  --connector NAME    without --config: source-pi or destination-unity, with the plan of
                      this checkout; taken from the image's name where that tells it
  --engine COMMAND    what runs images (docker)
  --only S1,S2        these checks alone
  --out FOLDER        where report.json and junit.xml go (.suites/acceptance)
`;

interface Options {
  readonly executable?: string | undefined;
  readonly image?: string | undefined;
  readonly config?: string | undefined;
  readonly connector?: string | undefined;
  readonly engine: string;
  readonly only?: readonly string[] | undefined;
  readonly out: string;
}

/** Judges what the command line names; the exit code is 1 where a check failed. */
async function main(args: readonly string[]): Promise<number> {
  const options = optionsOf(args);
  if (options === undefined) {
    process.stdout.write(USAGE);
    return 2;
  }
  const results =
    options.config === undefined
      ? await judgeOurs(options)
      : await judgePlan(options, {plan: options.config, name: 'connector', mounts: []});
  process.stdout.write(`${closingLine(results)}\n`);
  return results.every(({verdict}) => verdict !== 'failed') ? 0 : 1;
}

function optionsOf(args: readonly string[]): Options | undefined {
  const {values} = parseArgs({
    args: [...args],
    options: {
      executable: {type: 'string'},
      image: {type: 'string'},
      config: {type: 'string'},
      connector: {type: 'string'},
      engine: {type: 'string', default: 'docker'},
      only: {type: 'string'},
      out: {type: 'string', default: path.join(__dirname, '../../.suites/acceptance')},
      help: {type: 'boolean', default: false},
    },
  });
  const hasOne = (values.executable ?? values.image) !== undefined;
  const isPlain = values.config === undefined || hasOne;
  return values.help || !isPlain
    ? undefined
    : {...values, only: values.only?.split(',')};
}

async function judgeOurs(options: Options): Promise<readonly Result[]> {
  const named = options.connector ?? options.image ?? options.executable;
  const connectors = Object.keys(OUR_STAGES).filter(
    (name) => named === undefined || named.includes(name),
  ) as OurConnector[];
  if (connectors.length === 0) {
    throw new PlanError(`${named} is none of ${Object.keys(OUR_STAGES).join(', ')}.`);
  }
  const results: Result[] = [];
  for (const name of connectors) {
    await using stage = await OUR_STAGES[name]();
    const {plan, program, mounts} = stage;
    results.push(
      ...(await judgePlan({executable: program, ...options}, {plan, name, mounts})),
    );
  }
  return results;
}

interface Judged {
  readonly plan: string;
  readonly name: string;
  readonly mounts: readonly string[];
}

async function judgePlan(
  options: Options,
  {plan: file, name, mounts}: Judged,
): Promise<readonly Result[]> {
  const work = mkdtempSync(path.join(tmpdir(), 'acceptance-runs-'));
  const plan = loadPlan(file);
  const environment = plan.airbyte.custom_environment_variables;
  const runner = runnerOf(options, {
    ...{work, environment, engine: options.engine},
    mounts: [...mounts, ...plan.own.mounts],
  });
  const results = await judge(new Stage(plan, runner), options.only);
  report(path.join(options.out, name), runner.name, results);
  rmSync(work, {recursive: true, force: true});
  return results;
}

function runnerOf(
  {executable: program, image: name}: Options,
  options: Parameters<typeof image>[1],
): Runner {
  if (name !== undefined) return image(name, options);
  if (program !== undefined) return executable(program, options);
  throw new PlanError('Name an executable or an image.');
}

function report(folder: string, name: string, results: readonly Result[]): void {
  mkdirSync(folder, {recursive: true});
  writeFileSync(path.join(folder, 'junit.xml'), junit(name, results));
  writeFileSync(
    path.join(folder, 'report.json'),
    JSON.stringify({connector: name, results}, null, 1),
  );
  process.stdout.write(`${table(name, results)}\n\n`);
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const said = error instanceof PlanError ? error.message : String(error);
    process.stderr.write(`${said}\n${error instanceof TypeError ? USAGE : ''}`);
    process.exit(2);
  },
);
