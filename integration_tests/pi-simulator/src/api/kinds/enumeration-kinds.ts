import {type Guid} from '../../identity/guid';
import {type Identity} from '../../identity/web-id';
import {type AssetDatabase, databasePath} from '../../plant/asset-model';
import {type DigitalSet, type DigitalState} from '../../plant/digital-sets';
import {type Plant} from '../../plant/plant';
import {type DataServer} from '../../plant/point';
import {ENUMERATION_SETS} from '../../plant/reference-data';
import {type Kind} from '../kind';
import {links, type Members, webIdOf} from '../members';

/** A set of an asset database, or a digital set of a data server. */
export interface EnumerationSet {
  readonly set: DigitalSet;
  readonly owner: 'R' | 'D';
  readonly serverGuid: Guid;
  readonly guid: Guid;
  readonly path: string;
  /** Link to the owner: its name among the links and its identity. */
  readonly home: readonly [link: string, resource: string, identity: Identity];
}

/** A member of a set. */
interface EnumerationValue {
  readonly set: EnumerationSet;
  readonly state: DigitalState;
  readonly guid: Guid;
}

export function databaseSets(
  plant: Plant,
  database: AssetDatabase,
): readonly EnumerationSet[] {
  const {server} = database;
  const path = databasePath(database);
  const identity = {marker: 'RD', guids: [server.guid, database.guid], path} as const;
  return ENUMERATION_SETS.map((set) => ({
    set,
    owner: 'R',
    serverGuid: server.guid,
    guid: plant.guid('enumeration-set', `${database.name}/${set.name}`),
    path: `${path}\\EnumerationSets[${set.name}]`,
    home: ['Database', 'assetdatabases', identity],
  }));
}

export function dataServerSets(
  plant: Plant,
  server: DataServer,
): readonly EnumerationSet[] {
  const identity = {marker: 'DS', guids: [server.guid], path: server.name} as const;
  return server.digitalSets.map((set) => ({
    set,
    owner: 'D',
    serverGuid: server.guid,
    guid: plant.guid('enumeration-set', `${server.name}/${set.name}`),
    path: `\\\\PIServers[${server.name}]\\DigitalSets[${set.name}]`,
    home: ['DataServer', 'dataservers', identity],
  }));
}

function allSets(plant: Plant): readonly EnumerationSet[] {
  return [
    ...plant.dataServers.flatMap((server) => dataServerSets(plant, server)),
    ...plant.assets.server.databases.flatMap((database) =>
      databaseSets(plant, database),
    ),
  ];
}

export function setIdentity({owner, serverGuid, guid, path}: EnumerationSet): Identity {
  return {marker: 'MS', owner, guids: [serverGuid, guid], path};
}

function valueIdentity({set, guid, state}: EnumerationValue): Identity {
  const {owner, serverGuid, path} = set;
  const guids = [serverGuid, set.guid, guid];
  return {marker: 'MV', owner, guids, path: `${path}\\${state.name}`};
}

export function valuesOf(
  plant: Plant,
  set: EnumerationSet,
): readonly EnumerationValue[] {
  return set.set.states.map((state) => ({
    set,
    state,
    guid: plant.guid('enumeration-value', `${set.guid}/${state.code}`),
  }));
}

export const enumerationSetMembers: Members<EnumerationSet> = {
  WebId: (set, view) => webIdOf(setIdentity(set), view),
  Id: ({guid}) => guid,
  Name: ({set}) => set.name,
  Description: ({set}) => set.description,
  Path: ({path}) => path,
  Links: (set, view) => {
    const self = `enumerationsets/${webIdOf(setIdentity(set), view)}`;
    const [link, resource, identity] = set.home;
    return links(view, {
      Self: self,
      [link]: `${resource}/${webIdOf(identity, view)}`,
      Values: `${self}/enumerationvalues`,
    });
  },
};

export const enumerationValueMembers: Members<EnumerationValue> = {
  WebId: (value, view) => webIdOf(valueIdentity(value), view),
  Id: ({guid}) => guid,
  Name: ({state}) => state.name,
  Description: () => '',
  Value: ({state}) => state.code,
  Path: (value) => valueIdentity(value).path,
  Parent: () => '',
  Links: (value, view) =>
    links(view, {
      Self: `enumerationvalues/${webIdOf(valueIdentity(value), view)}`,
      EnumerationSet: `enumerationsets/${webIdOf(setIdentity(value.set), view)}`,
    }),
};

export const enumerationSetKind: Kind<EnumerationSet> = {
  title: 'Enumeration set',
  marker: 'MS',
  members: enumerationSetMembers,
  find: ({plant}, {guids}) => allSets(plant).find(({guid}) => guid === guids[1]),
  findByPath: ({plant}, path) =>
    allSets(plant).find(
      (set) => set.path.slice(2).toUpperCase() === path.toUpperCase(),
    ),
};

export const enumerationValueKind: Kind<EnumerationValue> = {
  title: 'Enumeration value',
  marker: 'MV',
  members: enumerationValueMembers,
  find: ({plant}, {guids}) => {
    const set = allSets(plant).find(({guid}) => guid === guids[1]);
    return set && valuesOf(plant, set).find(({guid}) => guid === guids[2]);
  },
  findByPath: ({plant}, path) =>
    allSets(plant)
      .flatMap((set) => valuesOf(plant, set))
      .find(
        (value) =>
          valueIdentity(value).path.slice(2).toUpperCase() === path.toUpperCase(),
      ),
};
