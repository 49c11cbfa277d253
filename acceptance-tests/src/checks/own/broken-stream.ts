import type {OwnConfig} from '../../config/own-config';
import {accountOf, type ReadAccount} from '../../reading/account';
import {inside} from '../../run/outcome';
import {streamName, wholly} from '../../stage/catalog';
import type {Stage} from '../../stage/stage';
import {error, unless, type Check, type Finding} from '../check';

type BrokenStream = NonNullable<OwnConfig['broken_stream']>;

/** X5: the failure of a stream is its own, and nobody can overlook it. */
export const BROKEN_STREAM: Check = {
  id: 'X5',
  title: 'one broken stream ends INCOMPLETE and is named, the others end COMPLETE',
  kinds: ['source'],
  bypass: ({plan}) =>
    plan.own.broken_stream === undefined
      ? 'the plan names no config with a broken stream'
      : undefined,
  run: async (stage) => {
    const {broken_stream: broken} = stage.plan.own;
    return broken === undefined ? [] : judged(stage, broken);
  },
};

async function judged(
  stage: Stage,
  {config_path: configPath, broken}: BrokenStream,
): Promise<readonly Finding[]> {
  const catalog = wholly(await stage.streams(configPath));
  const outcome = await stage.read({configPath, catalog});
  const account = await accountOf(outcome);
  const names = catalog.streams.map(({stream}) => streamName(stream));
  return [
    ...broken
      .filter((name) => !names.includes(name))
      .map((name) => error(`${name}: discover does not tell this stream`)),
    ...names.flatMap((name) => endFindings(account, name, broken.includes(name))),
    ...broken.flatMap((name) => traceFindings(account, name)),
    ...unless(outcome.exit !== 0, 'the read ended with exit code 0'),
  ];
}

function endFindings(
  {streams}: ReadAccount,
  name: string,
  isBroken: boolean,
): readonly Finding[] {
  const wanted = isBroken ? 'INCOMPLETE' : 'COMPLETE';
  const last = streams.get(name)?.statuses.at(-1)?.status;
  return unless(
    last === wanted,
    `${name}: its last status is ${String(last)} instead of ${wanted}`,
  );
}

function traceFindings({errors}: ReadAccount, name: string): readonly Finding[] {
  const isNamed = errors.some((each) => {
    const descriptor = inside(each, 'stream_descriptor');
    return (
      descriptor !== undefined && streamName(descriptor as {name: string}) === name
    );
  });
  return unless(isNamed, `${name}: no TRACE ERROR has it in its stream_descriptor`);
}
