import {existsSync, readdirSync} from 'node:fs';
import path from 'node:path';

import type {DiscoveryTest} from '../../config/airbyte-config';
import {inside} from '../../run/outcome';
import type {DiscoveredStream} from '../../stage/catalog';
import type {Stage} from '../../stage/stage';

/** The catalog of a released version, as it was kept. */
export interface ReleasedCatalog {
  readonly version: string;
  readonly streams: readonly DiscoveredStream[];
}

/**
 * The catalog to compare with: of the version that the test names, else of the newest one
 * kept below `compat_path`.
 *
 * @returns why there is none to compare with, where there is none.
 */
export function releasedCatalog(
  stage: Stage,
  {backward_compatibility_tests_config: config}: DiscoveryTest,
): ReleasedCatalog | string {
  const {compat_path: place} = stage.plan.own;
  if (place === undefined) return 'the plan keeps no released versions';
  const named = config?.previous_connector_version ?? 'latest';
  const version = named === 'latest' ? newest(stage.path(place)) : named;
  if (version === undefined) return 'no released version has a catalog';
  if (version === config?.disable_for_version) {
    return `the plan leaves out the comparison with ${version}`;
  }
  const kept = stage.document(path.join(place, version, 'catalog.json'));
  return {version, streams: inside(kept, 'streams') as DiscoveredStream[]};
}

function newest(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  return readdirSync(folder)
    .filter((version) => existsSync(path.join(folder, version, 'catalog.json')))
    .sort((left, right) => left.localeCompare(right, 'en', {numeric: true}))
    .at(-1);
}
