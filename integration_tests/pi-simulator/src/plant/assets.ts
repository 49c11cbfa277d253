import {openGuid, type Guid} from '../identity/guid';
import {type Ticks} from '../time/ticks';
import {type AfElement, type AssetServer} from './asset-model';
import {addEnergy, addProduction, elementSalt, type FillingDatabase} from './elements';
import {EventFrames} from './event-frame-sources';
import {type Point} from './point';
import {type Site} from './sites';

/** The asset side of a plant. */
export interface Assets {
  readonly server: AssetServer;
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
  readonly sites: readonly Site[];
  readonly points: readonly Point[];
  readonly guid: (kind: string, name: string) => Guid;
}

const SERVER = 'AFSRV01';

export function createAssets(input: AssetsInput): Assets {
  const {seed, historyStart, guid} = input;
  const databases: FillingDatabase[] = [];
  const server: AssetServer = {
    name: SERVER,
    guid: guid('asset-server', SERVER),
    databases,
  };
  const add = (name: string, description: string): FillingDatabase => {
    const index = databases.length;
    const database = {
      server,
      index,
      name,
      description,
      guid: guid('database', name),
      elements: [],
    };
    databases.push(database);
    return database;
  };
  addProduction(add('Production', 'Sites, areas, units and equipment'), input);
  addEnergy(add('Energy Management', 'Grid and meters'), input);
  const byPath = new Map<string, AfElement>();
  return {
    server,
    eventFrames: databases.map(
      (database) => new EventFrames(database, seed, historyStart),
    ),
    findElement: (wanted) => {
      const content = openGuid(elementSalt(seed), wanted);
      return content && databases[content.high]?.elements[content.low];
    },
    findElementByPath: (path) => {
      if (byPath.size === 0) fillPaths(byPath, databases);
      return byPath.get(path.toUpperCase());
    },
  };
}

function fillPaths(
  byPath: Map<string, AfElement>,
  databases: readonly FillingDatabase[],
): void {
  for (const element of databases.flatMap(({elements}) => elements)) {
    byPath.set(element.path.slice(2).toUpperCase(), element);
  }
}
