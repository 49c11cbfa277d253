import {type Guid} from '../../identity/guid';
import {type Identity, type Marker} from '../../identity/web-id';
import {type AssetDatabase, databasePath} from '../../plant/asset-model';
import {type Plant} from '../../plant/plant';
import {
  ATTRIBUTE_CATEGORIES,
  type Category,
  ELEMENT_CATEGORIES,
  TABLE_CATEGORIES,
} from '../../plant/reference-data';
import {type Kind} from '../kind';
import {links, type Members, webIdOf} from '../members';
import {databaseIdentity} from './asset-server-kind';

/** The families of categories, each with resources of its own. */
export type Family = 'element' | 'attribute' | 'table';

/** A category of a database. */
export interface DatabaseCategory {
  readonly database: AssetDatabase;
  readonly family: Family;
  readonly category: Category;
  readonly guid: Guid;
}

interface FamilyFacts {
  readonly categories: readonly Category[];
  readonly marker: Marker;
  readonly resource: string;
  readonly type: string;
}

export const FAMILIES: Readonly<Record<Family, FamilyFacts>> = {
  element: {
    categories: ELEMENT_CATEGORIES,
    marker: 'EC',
    resource: 'elementcategories',
    type: 'ElementCategory',
  },
  attribute: {
    categories: ATTRIBUTE_CATEGORIES,
    marker: 'AC',
    resource: 'attributecategories',
    type: 'AttributeCategory',
  },
  table: {
    categories: TABLE_CATEGORIES,
    marker: 'BC',
    resource: 'tablecategories',
    type: 'TableCategory',
  },
};

export function categoriesOf(
  plant: Plant,
  database: AssetDatabase,
  family: Family,
): readonly DatabaseCategory[] {
  return FAMILIES[family].categories.map((category) => ({
    database,
    family,
    category,
    guid: plant.guid(`${family}-category`, `${database.name}/${category.name}`),
  }));
}

function identityOf({database, family, category, guid}: DatabaseCategory): Identity {
  const {marker, type} = FAMILIES[family];
  const path = `${databasePath(database)}\\${type.replace(/y$/, 'ies')}[${category.name}]`;
  return {marker, guids: [database.server.guid, guid], path};
}

export const categoryMembers: Members<DatabaseCategory> = {
  WebId: (category, view) => webIdOf(identityOf(category), view),
  Id: ({guid}) => guid,
  Name: ({category}) => category.name,
  Description: ({category}) => category.description,
  Path: (category) => identityOf(category).path,
  Links: (category, view) =>
    links(view, {
      Self: `${FAMILIES[category.family].resource}/${webIdOf(identityOf(category), view)}`,
      Database: `assetdatabases/${webIdOf(databaseIdentity(category.database), view)}`,
    }),
};

export function categoryKind(family: Family): Kind<DatabaseCategory> {
  const all = (plant: Plant): readonly DatabaseCategory[] =>
    plant.assets.server.databases.flatMap((database) =>
      categoriesOf(plant, database, family),
    );
  return {
    title: 'Category',
    marker: FAMILIES[family].marker,
    members: categoryMembers,
    find: ({plant}, {guids}) => all(plant).find(({guid}) => guid === guids[1]),
    findByPath: ({plant}, path) =>
      all(plant).find(
        (category) =>
          identityOf(category).path.slice(2).toUpperCase() === path.toUpperCase(),
      ),
  };
}
