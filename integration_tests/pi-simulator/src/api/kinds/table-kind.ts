import {type Guid} from '../../identity/guid';
import {type Identity} from '../../identity/web-id';
import {type AssetDatabase, databasePath} from '../../plant/asset-model';
import {type Plant} from '../../plant/plant';
import {type AfTable, TABLES} from '../../plant/reference-data';
import {type Kind} from '../kind';
import {links, type Members, webIdOf} from '../members';
import {databaseIdentity} from './asset-server-kind';

/** A table as it stands in a database. */
export interface DatabaseTable {
  readonly database: AssetDatabase;
  readonly table: AfTable;
  readonly guid: Guid;
}

export function tablesOf(
  plant: Plant,
  database: AssetDatabase,
): readonly DatabaseTable[] {
  return TABLES.map((table) => ({
    database,
    table,
    guid: plant.guid('table', `${database.name}/${table.name}`),
  }));
}

function identityOf({database, table, guid}: DatabaseTable): Identity {
  const path = `${databasePath(database)}\\Tables[${table.name}]`;
  return {marker: 'Bl', guids: [database.server.guid, guid], path};
}

export const tableMembers: Members<DatabaseTable> = {
  WebId: (table, view) => webIdOf(identityOf(table), view),
  Id: ({guid}) => guid,
  Name: ({table}) => table.name,
  Description: ({table}) => table.description,
  Path: (table) => identityOf(table).path,
  CategoryNames: ({table}) => table.categories,
  ConvertToLocalTime: () => false,
  TimeZone: () => '',
  Links: (table, view) => {
    const self = `tables/${webIdOf(identityOf(table), view)}`;
    return links(view, {
      Self: self,
      Database: `assetdatabases/${webIdOf(databaseIdentity(table.database), view)}`,
      Categories: `${self}/categories`,
      Data: `${self}/data`,
    });
  },
};

function allTables(plant: Plant): readonly DatabaseTable[] {
  return plant.assets.server.databases.flatMap((database) => tablesOf(plant, database));
}

export const tableKind: Kind<DatabaseTable> = {
  title: 'Table',
  marker: 'Bl',
  members: tableMembers,
  find: ({plant}, {guids}) => allTables(plant).find(({guid}) => guid === guids[1]),
  findByPath: ({plant}, path) =>
    allTables(plant).find(
      (table) => identityOf(table).path.slice(2).toUpperCase() === path.toUpperCase(),
    ),
};
