import {existsSync, readdirSync} from 'node:fs';
import path from 'node:path';

import {inside} from '../../run/outcome';
import {validatorOf} from '../../schema/draft-07';
import {oldConfigs} from '../../schema/old-configs';
import {specBreaks} from '../../schema/spec-changes';
import {isSchema} from '../../schema/walk';
import type {JsonSchema} from '../../stage/catalog';
import type {Stage} from '../../stage/stage';
import {error, type Check} from '../check';
import {plain} from './documents';

const RANDOM_CONFIGS = {count: 100, seed: 15};

/** S15: what people configured for the release before still works. */
export const RELEASES: Check = {
  id: 'S15',
  title: 'configs of the release before stay valid',
  bypass: (stage) => {
    const found = stage.bypassed('spec');
    if (found !== undefined) return found;
    const version = previousVersion(stage);
    if (version === undefined) return 'the plan keeps no spec of a release';
    return disabledVersions(stage).includes(version)
      ? `the plan leaves out the comparison with ${version}`
      : undefined;
  },
  run: async (stage) => {
    const version = previousVersion(stage) ?? '';
    const now = await stage.connectionSpecification();
    const old = specOf(stage, version);
    return [...specBreaks(old, now), ...configBreaks(old, now)].map((text) =>
      error(`since ${version}: ${text}`),
    );
  },
};

/** The released version to compare with: the one the plan names, else the newest. */
function previousVersion(stage: Stage): string | undefined {
  const {compat_path: place} = stage.plan.own;
  if (place === undefined || !existsSync(stage.path(place))) return undefined;
  const versions = readdirSync(stage.path(place)).filter((version) =>
    existsSync(path.join(stage.path(place), version, 'spec.json')),
  );
  const named = stage
    .tests('spec')
    .map((test) => test.backward_compatibility_tests_config?.previous_connector_version)
    .find((version) => version !== undefined && version !== 'latest');
  return named ?? versions.sort(byVersion).at(-1);
}

function disabledVersions(stage: Stage): readonly (string | undefined)[] {
  return stage
    .tests('spec')
    .map((test) => test.backward_compatibility_tests_config?.disable_for_version);
}

/** A kept spec is the whole specification or its `connectionSpecification` alone. */
function specOf(stage: Stage, version: string): JsonSchema {
  const folder = stage.plan.own.compat_path ?? '';
  const kept = stage.document(path.join(folder, version, 'spec.json'));
  const schema = inside(kept, 'connectionSpecification') ?? kept;
  return isSchema(schema) ? schema : {};
}

/** Each fault once, however many of the random configs have it. */
function configBreaks(old: JsonSchema, now: JsonSchema): readonly string[] {
  const faults = validatorOf(now);
  const said = oldConfigs(old, RANDOM_CONFIGS).flatMap((config) =>
    faults(plain(config)),
  );
  return [...new Set(said)].map((text) => `a config that was valid is not: ${text}`);
}

function byVersion(left: string, right: string): number {
  return left.localeCompare(right, 'en', {numeric: true});
}
