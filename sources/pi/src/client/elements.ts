import {z} from 'zod';

import type {AssetDatabase} from './asset-databases';
import {
  askWithinLimit,
  PageLinks,
  startIndexOf,
  type ListAnswer,
  type ListPosition,
} from './list-page';
import type {PiHttp} from './pi-http';

const Element = z.looseObject({
  WebId: z.string(),
  Id: z.string(),
  Name: z.string(),
  Description: z.string().nullish(),
  Path: z.string(),
  Paths: z.array(z.string()).nullish(),
  TemplateName: z.string().nullish(),
  HasChildren: z.boolean().nullish(),
  CategoryNames: z.array(z.string()).nullish(),
  ExtendedProperties: z.record(z.string(), z.unknown()).nullish(),
  Links: z.looseObject({Parent: z.string().nullish()}).nullish(),
});

/** An AF element as PI Web API shows it. */
export type AfElement = z.output<typeof Element>;

const Elements = z.looseObject({Items: z.array(Element).default([]), Links: PageLinks});

export interface ElementPageQuery {
  readonly database: AssetDatabase;
  readonly position: ListPosition;
  readonly pageSize: number;
}

/**
 * A page of all elements of a database, whatever their level, each once and with all its
 * paths. `GET /assetdatabases/{webId}/elements`, sorted by id: names repeat and change,
 * ids do neither.
 */
export async function elementPage(
  http: PiHttp,
  {database, position, pageSize}: ElementPageQuery,
): Promise<ListAnswer<AfElement>> {
  const path = ['assetdatabases', database.webId, 'elements'];
  const startIndex = startIndexOf(position);
  return await askWithinLimit(http, pageSize, async (maxCount) => {
    const query = {
      searchFullHierarchy: true,
      associations: 'Paths',
      sortField: 'ID',
      sortOrder: 'Ascending',
      startIndex,
      maxCount,
      webIdType: 'IDOnly',
      selectedFields: SELECTED,
    };
    const {Items, Links} = await http.get({path, query, fresh: true}, Elements);
    return {items: Items, hasNext: typeof Links?.Next === 'string', maxCount};
  });
}

const SELECTED = [
  'Items.WebId',
  'Items.Id',
  'Items.Name',
  'Items.Description',
  'Items.Path',
  'Items.Paths',
  'Items.TemplateName',
  'Items.HasChildren',
  'Items.CategoryNames',
  'Items.ExtendedProperties',
  'Items.Links.Parent',
  'Links.Next',
  'WebException',
].join(';');
