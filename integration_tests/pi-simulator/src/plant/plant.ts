import {mixAll} from '../chance/hash';
import {sealGuid, type Guid} from '../identity/guid';
import {type Ticks} from '../time/ticks';
import {createAssets, type Assets} from './assets';
import {DIGITAL_SETS} from './digital-sets';
import {type DataServer, type Point} from './point';
import {sitePoints} from './points';
import {type ReplayedTag} from './replay';
import {sites, type Site} from './sites';
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
}

/** What exists: servers, points and, through them, every event there will ever be. */
export interface Plant {
  readonly seed: number;
  readonly historyStart: Ticks;
  readonly sites: readonly Site[];
  readonly dataServers: readonly DataServer[];
  readonly assets: Assets;
  /** A stable GUID of this plant for an object known by its name. */
  readonly guid: (kind: string, name: string) => Guid;
}

/** A server while its points are still being made. */
type FillingServer = DataServer & {readonly points: Point[]};

export function createPlant(options: PlantOptions): Plant {
  const {seed, historyStart} = options;
  const guid = (kind: string, name: string): Guid =>
    sealGuid(mixAll(seed, kind), {high: mixAll(name), low: mixAll(name, kind)});
  const all = sites(options.plants, options.points);
  const emptyServer = (name: string): FillingServer => ({
    name,
    guid: guid('data-server', name),
    digitalSets: DIGITAL_SETS,
    points: [],
  });
  const [main, second] = [emptyServer('PISRV01'), emptyServer('PISRV02')];
  for (const site of all) {
    const server = writesToSecond(site, all.length) ? second : main;
    const firstId = server.points.length + 1;
    for (const point of sitePoints(site, {seed, historyStart, server, firstId})) {
      server.points.push(point);
    }
  }
  addReplayed(main, options.replay);
  const points = [...main.points, ...second.points];
  const assets = createAssets({seed, historyStart, sites: all, points, guid});
  return {seed, historyStart, sites: all, dataServers: [main, second], assets, guid};
}

/** The last third of the sites writes to an archive of its own. */
function writesToSecond(site: Site, siteCount: number): boolean {
  return siteCount > 1 && site.index >= Math.ceil((siteCount * 2) / 3);
}

function addReplayed(server: FillingServer, tags: readonly ReplayedTag[]): void {
  const taken = new Set(server.points.map((point) => point.name.toUpperCase()));
  for (const {name, isNumeric, series} of tags) {
    if (taken.has(name.toUpperCase()))
      throw new UsageError(`Tag "${name}" exists twice.`);
    taken.add(name.toUpperCase());
    server.points.push({
      server,
      id: server.points.length + 1,
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
      mounting: undefined,
    });
  }
}
