import {ConfigError} from 'airbyte-cdk-ts';

import type {DataServer} from '../client/data-servers';
import type {PiHttp} from '../client/pi-http';
import {seesAnyPoint} from '../client/points';
import {NamePatterns} from '../selection/name-patterns';
import type {PointRules} from '../selection/select-points';

/** As many patterns as can be tried while the user waits. */
const TRIED_PATTERNS = 5;

/** Whether the account sees a point on each data server, and one that is wanted. */
export async function checkPoints(
  pi: PiHttp,
  servers: readonly DataServer[],
  rules: PointRules,
): Promise<void> {
  const sights = await Promise.all(servers.map((server) => seesAnyPoint(pi, {server})));
  const blind = servers.filter((_, index) => sights[index] !== true);
  if (blind.length > 0) throw noSight(blind);

  const {patterns} = new NamePatterns(rules.points);
  const filters = patterns.flatMap(({serverFilter}) => serverFilter ?? []);
  if (filters.length === 0 || filters.length < patterns.length) return;
  for (const nameFilter of filters.slice(0, TRIED_PATTERNS)) {
    const found = servers.map((server) => seesAnyPoint(pi, {server, nameFilter}));
    if ((await Promise.all(found)).includes(true)) return;
  }
  if (filters.length <= TRIED_PATTERNS) throw noMatch();
}

function noSight(servers: readonly DataServer[]): ConfigError {
  const names = servers.map(({name}) => name).join(', ');
  return new ConfigError(
    `The account was let in but sees no point on ${names}. Ask the PI administrator for read access to the points (PI identity mapping and point security), or name other data servers in the selection.`,
  );
}

function noMatch(): ConfigError {
  return new ConfigError(
    'No point fits the name patterns under "Selection". Check their spelling; * stands for any text.',
  );
}
