import {ConfigError, type Log} from 'airbyte-cdk-ts';

import {listDataServers, type DataServer} from '../client/data-servers';
import type {PiHttp} from '../client/pi-http';
import {listPoints, seesAnyPoint} from '../client/points';
import type {PiPoint} from '../sync/pi-point';
import {NamePatterns} from './name-patterns';
import {requireConnected, selectNamed} from './select-servers';

export interface PointRules {
  /** Names of data servers; empty means all. */
  readonly dataServers: readonly string[];
  /** Name patterns; empty means all points. */
  readonly points: readonly string[];
  /** Name patterns of points to leave out. */
  readonly exclude: readonly string[];
}

/** Above this many patterns one list of all points costs PI less than one per pattern. */
const MAX_SERVER_FILTERS = 20;

/** The data servers of the selection, all of them connected. */
export async function selectDataServers(
  http: PiHttp,
  {dataServers}: PointRules,
): Promise<readonly DataServer[]> {
  const known = await listDataServers(http);
  if (known.length === 0) {
    throw new ConfigError(
      'PI Web API shows no data server to this account. Ask the PI administrator for read access to the PI Data Archive.',
    );
  }
  const selected = selectNamed(known, dataServers, 'data server');
  requireConnected(selected, 'data server');
  return selected;
}

/**
 * The points of the selection on all its data servers, sorted by server and point id.
 * Names that fit nothing and data servers that show no point are told to the log; a data
 * server that was named and shows none, and an empty selection, are `ConfigError`s.
 */
export async function selectPoints(
  http: PiHttp,
  rules: PointRules,
  log: Log,
): Promise<readonly PiPoint[]> {
  const wanted = new NamePatterns(rules.points);
  const excluded = new NamePatterns(rules.exclude);
  const found = new Map<string, PiPoint>();
  for (const server of await selectDataServers(http, rules)) {
    const before = found.size;
    for await (const page of listWanted(http, server, wanted)) {
      const isSelected = ({name}: PiPoint): boolean =>
        (wanted.isEmpty || wanted.matches(name)) && !excluded.matches(name);
      for (const point of page.filter(isSelected)) found.set(point.webId, point);
    }
    const count = found.size - before;
    log.info(`Data server ${server.name}: ${count} points selected.`);
    if (count === 0) await tellOfNoSight(server, {http, rules, log});
  }
  const points = [...found.values()].sort(byIdentity);
  reportUnmatched(wanted, points, log);
  if (points.length === 0) throw nothingSelected();
  return points;
}

async function* listWanted(
  http: PiHttp,
  server: DataServer,
  {patterns}: NamePatterns,
): AsyncGenerator<readonly PiPoint[], void, void> {
  const filters = patterns.flatMap(({serverFilter}) => serverFilter ?? []);
  const all =
    filters.length === 0 ||
    filters.length < patterns.length ||
    filters.length > MAX_SERVER_FILTERS;
  if (all) return yield* listPoints(http, {server});
  for (const nameFilter of filters) yield* listPoints(http, {server, nameFilter});
}

/**
 * An empty answer may mean that the account sees nothing there. PI Web API lists every
 * archive it knows, also those that are nobody's business: only one that was asked for
 * by name must show a point.
 */
async function tellOfNoSight(
  server: DataServer,
  {http, rules, log}: {http: PiHttp; rules: PointRules; log: Log},
): Promise<void> {
  if (await seesAnyPoint(http, {server})) return;
  const what =
    `The account sees no point on the data server ${server.name}. If it should, ask ` +
    'the PI administrator for read access to its points';
  if (rules.dataServers.length > 0) throw new ConfigError(`${what}.`);
  log.warn(`${what}; if not, name the data servers to read in the selection.`);
}

function reportUnmatched(
  wanted: NamePatterns,
  points: readonly PiPoint[],
  log: Log,
): void {
  for (const {text, explicit} of wanted.unmatchedBy(points.map(({name}) => name))) {
    log.warn(
      explicit
        ? `The point ${text} was not found: it does not exist, is excluded, or is hidden from the account.`
        : `No point fits the pattern ${text}.`,
    );
  }
}

function byIdentity(a: PiPoint, b: PiPoint): number {
  if (a.serverId !== b.serverId) return a.serverId < b.serverId ? -1 : 1;
  return a.pointId - b.pointId;
}

function nothingSelected(): ConfigError {
  return new ConfigError(
    'The selection fits no point that the account can see. Check the name patterns under "Selection".',
  );
}
