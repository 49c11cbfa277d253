import {readdirSync} from 'node:fs';
import path from 'node:path';

import {accountOf} from '../../reading/account';
import {endOf, inside, type Message} from '../../run/outcome';
import {streamName} from '../../stage/catalog';
import type {Stage} from '../../stage/stage';
import {all, error, unless, type Check, type Finding} from '../check';
import {sameRecords} from './compare';
import {ignoredFields, midwayRead, resumedRead, type Midway, type Read} from './reads';
import {byKey} from './record-digests';

/** X8: a state is understood in whatever form it comes back. */
export const STATE_FORMS: Check = {
  id: 'X8',
  title: 'every form of --state resumes alike, states of older versions included',
  kinds: ['source'],
  bypass: (stage) =>
    configPathOf(stage) === undefined ? 'the plan has no incremental test' : undefined,
  run: async (stage) => {
    const configPath = configPathOf(stage);
    if (configPath === undefined) return [];
    return [
      ...(await formFindings(stage, configPath)),
      ...(await all(olderStates(stage), (file) =>
        olderFindings(stage, {file, configPath}),
      )),
    ];
  },
};

function configPathOf(stage: Stage): string | undefined {
  const [test] = stage.tests('incremental');
  return stage.plan.own.state_forms?.config_path ?? test?.config_path;
}

/** A form of the states midway, and the read that it must be the same as. */
interface Form {
  readonly name: string;
  readonly state: unknown;
  readonly like: Read;
  /** The streams that must be the same; all of them unless told. */
  readonly streams?: readonly string[];
}

async function formFindings(
  stage: Stage,
  configPath: string,
): Promise<readonly Finding[]> {
  const fresh = await midwayRead(stage, configPath);
  const resumed = await resumedRead(stage, configPath);
  const {catalog} = fresh;
  const identify = byKey(catalog, ignoredFields(stage));
  const forms = [...empty(fresh), ...single(fresh, resumed), ...others(fresh, resumed)];
  return all(forms, async ({name, state, like, streams}) => {
    const outcome = await stage.read({configPath, catalog, state});
    if (outcome.exit !== 0) return [error(`${name}: the read ${endOf(outcome)}`)];
    const expected = {outcome: like.outcome, identify, ...(streams && {streams})};
    return (await sameRecords(outcome, expected)).map((finding) => ({
      ...finding,
      message: `${name}: ${finding.message}`,
    }));
  });
}

function empty(fresh: Midway): readonly Form[] {
  return [
    {name: 'an empty list', state: [], like: fresh},
    {name: 'an empty object', state: {}, like: fresh},
  ];
}

function single(fresh: Midway, resumed: Read): readonly Form[] {
  const [state] = fresh.states;
  if (state === undefined) return [];
  const own = nameIn(state);
  const rest = fresh.catalog.streams
    .map(({stream}) => streamName(stream))
    .filter((name) => name !== own);
  const form = {name: 'one STREAM state without a list', state};
  return [
    {...form, like: resumed, streams: [own]},
    // The same read again, for the streams of which it has no state.
    ...(rest.length > 0 ? [{...form, like: fresh, streams: rest}] : []),
  ];
}

function others({states}: Midway, resumed: Read): readonly Form[] {
  const streamStates = states.map(({stream}) => stream as Message);
  const legacy = Object.fromEntries(
    streamStates.map((stream) => [bareName(stream), inside(stream, 'stream_state')]),
  );
  const global = {type: 'GLOBAL', global: {stream_states: streamStates}};
  // Names alone say which stream is meant only where no two streams share one.
  const isPlain = Object.keys(legacy).length === states.length;
  const forms: readonly (readonly [string, unknown])[] = [
    ['a GLOBAL state in a list', [global]],
    ['a GLOBAL state without a list', global],
    ...(isPlain
      ? ([
          ['states that lost their namespaces', states.map(withoutNamespace)],
          ['a LEGACY state in a list', [{type: 'LEGACY', data: legacy}]],
          ['a LEGACY state as it was before it had a type', legacy],
        ] as const)
      : []),
  ];
  return forms.map(([name, state]) => ({name, state, like: resumed}));
}

function withoutNamespace({stream, ...state}: Message): Message {
  const {stream_state: own} = stream as Message;
  const stream_descriptor = {name: bareName(stream as Message)};
  return {...state, stream: {stream_descriptor, stream_state: own}};
}

function nameIn(state: Message): string {
  return streamName(inside(state, 'stream', 'stream_descriptor') as {name: string});
}

function bareName(stream: Message): string {
  return String(inside(stream, 'stream_descriptor', 'name'));
}

/** The states that were kept of released versions: `<version>/states/*.json`. */
function olderStates({plan}: Stage): readonly string[] {
  const {compat_path: compat} = plan.own;
  if (compat === undefined) return [];
  const root = path.resolve(plan.base, compat);
  return readdirSync(root, {recursive: true, encoding: 'utf8'})
    .filter((name) => /^[^/]+\/states\/[^/]+\.json$/.test(name))
    .sort()
    .map((name) => path.join(root, name));
}

/** A read with an old state ends well and does not begin anew. */
async function olderFindings(
  stage: Stage,
  {file, configPath}: {file: string; configPath: string},
): Promise<readonly Finding[]> {
  const {compat_path: compat = '', state_forms: own} = stage.plan.own;
  const name = path.relative(stage.path(compat), file);
  const state = stage.document(file);
  const {catalog, outcome: fresh} = await midwayRead(stage, configPath);
  const outcome = await stage.read({configPath, catalog, state});
  if (outcome.exit !== 0) return [error(`${name}: the read ${endOf(outcome)}`)];
  // Only where the states belong to what the config reads, they say what is left to read.
  if (own === undefined) return [];
  const [{streams: all}, {streams: rest}] = [
    await accountOf(fresh),
    await accountOf(outcome),
  ];
  return [state as Message].flat().flatMap((each) => {
    const stream = nameIn(each);
    const [before = 0, after = 0] = [all, rest].map((of) => of.get(stream)?.records);
    const isAnew = before > 0 && after >= before;
    return unless(!isAnew, `${name}: all ${after} records of ${stream} were read anew`);
  });
}
