import type {DataServer} from '../client/data-servers';
import type {PiHttp} from '../client/pi-http';
import {firstPoints, seesAnyPoint} from '../client/points';
import {NamePatterns} from '../selection/name-patterns';
import type {PointRules} from '../selection/select-points';
import {checkFailure} from './check-failures';

/** As many patterns as can be tried while the user waits. */
const TRIED_PATTERNS = 5;
/** Points that are looked at for each pattern, and those of them that are told. */
const LOOKED_AT = 100;
const TOLD = 5;

/**
 * Whether the account sees a point on each data server, and one that is wanted. Resolves
 * with the names of the first ones that are; with none where only the whole list can
 * tell.
 */
export async function checkPoints(
  pi: PiHttp,
  servers: readonly DataServer[],
  rules: PointRules,
): Promise<readonly string[]> {
  const sights = await Promise.all(servers.map((server) => seesAnyPoint(pi, {server})));
  const blind = servers.filter((_, index) => sights[index] !== true);
  if (blind.length > 0) {
    const names = blind.map(({name}) => name).join(', ');
    throw checkFailure('RIGHTS_POINTS', {servers: names});
  }

  const {filters, areTried} = triedFilters(rules);
  const excluded = new NamePatterns(rules.exclude);
  let fitting = 0;
  for (const nameFilter of filters) {
    const lists = servers.map((server) =>
      firstPoints(pi, {server, nameFilter}, LOOKED_AT),
    );
    const names = (await Promise.all(lists)).flat().map(({name}) => name);
    fitting += names.length;
    const wanted = names.filter((name) => !excluded.matches(name));
    if (wanted.length > 0) return wanted.slice(0, TOLD);
  }
  if (areTried && fitting === 0) throw checkFailure('SELECTION_EMPTY');
  return [];
}

interface TriedFilters {
  /** What PI is asked for; undefined asks for all. */
  readonly filters: readonly (string | undefined)[];
  /** Whether a point that fits none of the filters fits none of the patterns. */
  readonly areTried: boolean;
}

function triedFilters(rules: PointRules): TriedFilters {
  const {patterns} = new NamePatterns(rules.points);
  if (patterns.length === 0) return {filters: [undefined], areTried: false};
  const filters = patterns.flatMap(({serverFilter}) => serverFilter ?? []);
  const areTried =
    filters.length === patterns.length && filters.length <= TRIED_PATTERNS;
  return {filters: filters.slice(0, TRIED_PATTERNS), areTried};
}
