import {endOf, messagesOfType, type Outcome} from '../../run/outcome';
import type {Command} from '../../run/runner';
import type {ConfiguredCatalog} from '../../stage/catalog';
import type {Stage} from '../../stage/stage';
import {all, error, unless, type Check, type Finding} from '../check';
import {sameRecords} from './compare';
import {ignoredFields, midwayRead, resumedRead} from './reads';
import {byKey} from './record-digests';
import {goodConfigPath, sampleCommand} from './sample';

/** The answer of each command that says little. */
const ANSWERS = {
  spec: 'SPEC',
  check: 'CONNECTION_STATUS',
  discover: 'CATALOG',
} as const;

/** X9: documents may be called and placed as one likes. */
export const PATHS: Check = {
  id: 'X9',
  title: 'documents of any name and place, unknown members and --debug change nothing',
  bypass: (stage) =>
    goodConfigPath(stage) === undefined
      ? 'the plan has no config that is well'
      : undefined,
  run: async (stage) => {
    const configPath = goodConfigPath(stage);
    if (configPath === undefined) return [];
    const plain = await plainRun(stage, configPath);
    return [
      ...(await together(stage, plain)),
      ...(await all(['spec', 'check', 'discover'] as const, (command) =>
        small(stage, command, configPath),
      )),
    ];
  },
};

/** All of it at once; one after the other only where that is not well. */
async function together(stage: Stage, plain: Plain): Promise<readonly Finding[]> {
  const said = await all(NAMES, (names) =>
    findings(stage, WAYS.reduce(inTurn, names), plain),
  );
  if (said.length === 0) return [];
  const apart = await all([...NAMES, ...WAYS], (way) => findings(stage, way, plain));
  return apart.length === 0 ? said : apart;
}

function inTurn(first: Way, second: Way): Way {
  return {
    name: `${first.name}, ${second.name}`,
    change: (command) => second.change(first.change(command)),
  };
}

/** A way to say the same. */
interface Way {
  readonly name: string;
  readonly change: (command: Command) => Command;
}

const NO_EXTENSION = {name: 'without extension', of: (option: string) => option};
const TXT = {name: '.txt', of: (option: string) => `${option}.txt`};
const SPACES = {name: 'with spaces', of: (option: string) => `my own ${option}.json`};

/** Each document once in each kind of name. */
const NAMES: readonly Way[] = [
  named({config: NO_EXTENSION, catalog: TXT, state: SPACES}),
  named({config: TXT, catalog: SPACES, state: NO_EXTENSION}),
  named({config: SPACES, catalog: NO_EXTENSION, state: TXT}),
];

function named(kinds: Record<'config' | 'catalog' | 'state', typeof TXT>): Way {
  const change = (command: Command) => {
    const {config, catalog, state} = command;
    const documents = Object.entries({config, catalog, state}).flatMap(
      ([option, document]) =>
        document === undefined
          ? []
          : [[option, {...document, name: kinds[option as 'state'].of(option)}]],
    );
    return {...command, ...(Object.fromEntries(documents) as Partial<Command>)};
  };
  const names = Object.entries(kinds).map(([option, {name}]) => `${option} ${name}`);
  return {name: names.join(', '), change};
}

const WAYS: readonly Way[] = [
  {name: 'relative paths', change: (command) => ({...command, isRelative: true})},
  {name: '--debug', change: (command) => ({...command, flags: ['--debug']})},
  {
    name: 'unknown members of the catalog',
    change: ({catalog, ...command}) => ({
      ...command,
      catalog: {
        ...catalog,
        content: withUnknown(catalog?.content as ConfiguredCatalog),
      },
    }),
  },
];

function withUnknown({streams}: ConfiguredCatalog): unknown {
  const later = {later_member: {is: ['unknown']}};
  const known = streams.map(({stream, ...each}) => ({
    ...{...each, ...later},
    stream: {...stream, ...later},
  }));
  return {streams: known, ...later};
}

/** The run that all ways are compared with. */
interface Plain {
  readonly command: Command;
  readonly outcome: Outcome;
  readonly catalog: ConfiguredCatalog | undefined;
}

async function plainRun(stage: Stage, configPath: string): Promise<Plain> {
  if (stage.kind === 'destination') {
    const command = await sampleCommand(stage, {
      ...({command: 'write', config_path: configPath} as const),
    });
    return {command, outcome: await stage.runner.run(command), catalog: undefined};
  }
  const {outcome, catalog} = await resumedRead(stage, configPath);
  const {states} = await midwayRead(stage, configPath);
  const command = {
    command: 'read',
    config: {content: stage.document(configPath)},
    catalog: {content: catalog},
    state: {content: states},
  };
  return {command, outcome, catalog};
}

async function findings(
  stage: Stage,
  {name, change}: Way,
  {command, outcome: expected, catalog}: Plain,
): Promise<readonly Finding[]> {
  const outcome = await stage.runner.run(change(command));
  if (outcome.exit !== 0) {
    return [error(`${name}: ${command.command} ${endOf(outcome)}`)];
  }
  const identify = catalog && byKey(catalog, ignoredFields(stage));
  const said = identify
    ? await sameRecords(outcome, {outcome: expected, identify})
    : await sameStates(outcome, expected);
  return said.map((finding) => ({...finding, message: `${name}: ${finding.message}`}));
}

async function sameStates(
  actual: Outcome,
  expected: Outcome,
): Promise<readonly Finding[]> {
  const [wanted, found] = [
    await messagesOfType(expected, 'STATE'),
    await messagesOfType(actual, 'STATE'),
  ];
  return unless(
    wanted.length === found.length,
    `${found.length} states came back instead of ${wanted.length}`,
  );
}

/** The commands that say little, with all of it at once, against themselves without. */
async function small(
  stage: Stage,
  command: keyof typeof ANSWERS,
  configPath: string,
): Promise<readonly Finding[]> {
  if (command === 'discover' && stage.kind === 'destination') return [];
  const config = {name: 'my own config', content: stage.document(configPath)};
  const outcome = await stage.runner.run({
    ...{command, isRelative: true, flags: ['--debug']},
    ...(command === 'spec' ? {} : {config}),
  });
  const expected = await (command === 'spec'
    ? stage.spec()
    : stage[command](configPath));
  const [wanted, said] = [
    await messagesOfType(expected, ANSWERS[command]),
    await messagesOfType(outcome, ANSWERS[command]),
  ];
  return unless(
    outcome.exit === expected.exit && said.length === wanted.length,
    `${command} --debug, a relative config with spaces and without extension: ` +
      `${said.length} ${ANSWERS[command]} messages, and it ${endOf(outcome)}`,
  );
}
