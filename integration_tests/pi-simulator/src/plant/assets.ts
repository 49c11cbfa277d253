import {type Guid} from '../identity/guid';
import {type Ticks} from '../time/ticks';
import {type AfElement, type AssetServer} from './asset-model';
import {ElementBook} from './element-book';
import {addEnergy, addProduction} from './elements';
import {EventFrames} from './event-frames';
import {type Point} from './point';
import {type Site} from './sites';

/** The asset side of a plant. */
export interface Assets {
  readonly server: AssetServer;
  readonly databases: readonly ElementBook[];
  /** Event frames of each database, in the order of the databases. */
  readonly eventFrames: readonly EventFrames[];
  findElement(guid: Guid): AfElement | undefined;
  /** By path without the leading backslashes, in any case. */
  findElementByPath(path: string): AfElement | undefined;
}

/** What the assets are made from. */
export interface AssetsInput {
  readonly seed: number;
  readonly historyStart: Ticks;
  /** Whether anything is done to event frames after they were made. */
  readonly frameLife: boolean;
  readonly sites: readonly Site[];
  readonly points: readonly Point[];
  readonly guid: (kind: string, name: string) => Guid;
}

const SERVER = 'AFSRV01';

export function createAssets(input: AssetsInput): Assets {
  const {seed, historyStart, frameLife, guid} = input;
  const databases: ElementBook[] = [];
  const server: AssetServer = {
    name: SERVER,
    guid: guid('asset-server', SERVER),
    databases,
  };
  const add = (name: string, description: string): ElementBook => {
    const facts = {name, description, guid: guid('database', name)};
    const database = new ElementBook({...facts, seed, server, index: databases.length});
    databases.push(database);
    return database;
  };
  addProduction(add('Production', 'Sites, areas, units and equipment'), input);
  addEnergy(add('Energy Management', 'Grid and meters'), input);
  return {
    server,
    databases,
    eventFrames: databases.map(
      (database) => new EventFrames(database, {seed, historyStart, hasLife: frameLife}),
    ),
    findElement: (wanted) => firstOf(databases, (database) => database.find(wanted)),
    findElementByPath: (path) =>
      firstOf(databases, (database) => database.findByPath(path)),
  };
}

function firstOf<T, R>(
  list: readonly T[],
  get: (item: T) => R | undefined,
): R | undefined {
  for (const item of list) {
    const found = get(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
