import {mixAll} from '../chance/hash';
import {sealGuid, type Guid} from '../identity/guid';
import {type Ticks} from '../time/ticks';
import {createAssets, type Assets} from './assets';
import {PointBook} from './point-book';
import {sitePoints} from './points';
import {type ReplayedTag} from './replay';
import {sites, type Site} from './sites';
import {storedPointFacts, type PointFacts, type StoredPoint} from './stored-point';
import {UsageError} from './usage-error';

/** What a plant depends on: the same options are the same plant, event for event. */
export interface PlantOptions {
  readonly seed: number;
  /** Number of production sites. */
  readonly plants: number;
  /** Number of computed points over all sites. */
  readonly points: number;
  /** Where the recorded history begins. */
  readonly historyStart: Ticks;
  readonly replay: readonly ReplayedTag[];
  /** Whether anything is done to event frames after they were made. */
  readonly frameLife: boolean;
  /** Points whose events are given. */
  readonly stored: readonly StoredPoint[];
}

/** What exists: servers, points and, through them, every event there will ever be. */
export interface Plant {
  readonly seed: number;
  readonly historyStart: Ticks;
  readonly sites: readonly Site[];
  readonly dataServers: readonly PointBook[];
  /**
   * The data server of a name; the first one for none.
   *
   * @throws UsageError where there is none of that name.
   */
  readonly serverNamed: (name: string | undefined) => PointBook;
  readonly assets: Assets;
  /** A stable GUID of this plant for an object known by its name. */
  readonly guid: (kind: string, name: string) => Guid;
}

export function createPlant(options: PlantOptions): Plant {
  const {seed, historyStart, frameLife} = options;
  const guid = (kind: string, name: string): Guid =>
    sealGuid(mixAll(seed, kind), {high: mixAll(name), low: mixAll(name, kind)});
  const all = sites(options.plants, options.points);
  const emptyServer = (name: string): PointBook =>
    new PointBook(name, guid('data-server', name));
  const [main, second] = [emptyServer('PISRV01'), emptyServer('PISRV02')];
  for (const site of all) {
    const server = writesToSecond(site, all.length) ? second : main;
    const firstId = server.nextId;
    for (const point of sitePoints(site, {seed, historyStart, server, firstId})) {
      server.put(point);
    }
  }
  for (const tag of options.replay) main.add(replayedFacts(tag));
  const serverNamed = (name = main.name): PointBook => named([main, second], name);
  for (const point of options.stored) {
    serverNamed(point.server).add(storedPointFacts(point));
  }
  const points = [...main.points, ...second.points];
  const assets = createAssets({
    ...{seed, historyStart, frameLife, sites: all, points, guid},
  });
  return {
    ...{seed, historyStart, sites: all, assets, guid, serverNamed},
    dataServers: [main, second],
  };
}

/** The last third of the sites writes to an archive of its own. */
function writesToSecond(site: Site, siteCount: number): boolean {
  return siteCount > 1 && site.index >= Math.ceil((siteCount * 2) / 3);
}

function named(servers: readonly PointBook[], wanted: string): PointBook {
  const found = servers.find(({name}) => name === wanted);
  if (found !== undefined) return found;
  const names = servers.map(({name}) => name).join(', ');
  throw new UsageError(`There is no data server "${wanted}", only ${names}.`);
}

function replayedFacts({name, isNumeric, series}: ReplayedTag): PointFacts {
  return {
    name,
    descriptor: 'Replayed from a file',
    type: isNumeric ? 'Float64' : 'String',
    units: '',
    zero: 0,
    span: isNumeric ? 100 : 0,
    step: !isNumeric,
    future: false,
    digitalSet: '',
    series,
  };
}
