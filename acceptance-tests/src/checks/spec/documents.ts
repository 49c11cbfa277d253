import {readFileSync} from 'node:fs';

import {parse} from 'yaml';

import {inside, messagesOfType} from '../../run/outcome';
import {differences} from '../../schema/differences';
import {validatorOf} from '../../schema/draft-07';
import type {Stage} from '../../stage/stage';
import {all, error, type Check, type Finding} from '../check';

const CONFIGS: Check = {
  id: 'S2',
  title: 'the configs of the plan are valid by the spec',
  bypass: (stage) =>
    stage.bypassed('spec') ?? missing(stage, 'config_path', 'no test names a config'),
  run: async (stage) => {
    const faults = validatorOf(await stage.connectionSpecification());
    return stage
      .tests('spec')
      .flatMap(({config_path: path}) =>
        path === undefined
          ? []
          : faults(plain(stage.document(path))).map((text) =>
              error(`${path}: ${text}`),
            ),
      );
  },
};

const COMMITTED: Check = {
  id: 'S3',
  title: 'the spec equals the committed one',
  bypass: (stage) =>
    stage.bypassed('spec') ?? missing(stage, 'spec_path', 'no test names a spec_path'),
  run: (stage) =>
    all(stage.tests('spec'), ({spec_path: path}) =>
      path === undefined ? [] : against(stage, path),
    ),
};

/** What the plan's documents have to do with the spec. */
export const DOCUMENTS: readonly Check[] = [CONFIGS, COMMITTED];

/** A config without the members that are for tools alone: `_comment` and the like. */
export function plain(config: unknown): unknown {
  return Object.fromEntries(
    Object.entries(config as object).filter(([name]) => !name.startsWith('_')),
  );
}

function missing(
  stage: Stage,
  member: 'config_path' | 'spec_path',
  reason: string,
): string | undefined {
  return stage.tests('spec').some((test) => test[member] !== undefined)
    ? undefined
    : reason;
}

/**
 * A committed file is JSON or YAML, and is either the whole specification or its
 * `connectionSpecification` alone.
 */
async function against(stage: Stage, path: string): Promise<readonly Finding[]> {
  const wanted: unknown = parse(readFileSync(stage.path(path), 'utf8'));
  const [message] = await messagesOfType(await stage.spec(), 'SPEC');
  const isWhole = inside(wanted, 'connectionSpecification') !== undefined;
  const said = isWhole
    ? inside(message, 'spec')
    : inside(message, 'spec', 'connectionSpecification');
  return differences(wanted, said).map((place) =>
    error(`the spec differs from ${path} at ${place}`),
  );
}
