import {TransientError} from 'airbyte-cdk-ts';
import {z} from 'zod';

import type {PiPoint} from '../sync/pi-point';
import type {DataServer} from './data-servers';
import {
  askWithinLimit,
  LIST_START,
  PageLinks,
  startIndexOf,
  turnList,
  type ListAnswer,
  type ListPosition,
  type ListTurn,
} from './list-page';
import type {PiHttp} from './pi-http';
import {idOnlyWebId} from './web-id';

/** Large pages: each one makes the archive search anew and skip what came before. */
const PAGE_SIZE = 10_000;
const MAX_RESTARTS = 3;

export interface PointQuery {
  readonly server: DataServer;
  /** PI's own wildcards `*` and `?`; undefined lists all. */
  readonly nameFilter?: string | undefined;
}

/**
 * `GET /dataservers/{webId}/points`, page after page. Each point comes at least once;
 * when points come or go meanwhile, the list is read anew and points may come twice.
 */
export async function* listPoints(
  http: PiHttp,
  query: PointQuery,
  pageSize: number = PAGE_SIZE,
): AsyncGenerator<readonly PiPoint[], void, void> {
  let position: ListPosition | undefined = LIST_START;
  let restarts = 0;
  while (position !== undefined) {
    const answer = await pointPage(http, query, {position, pageSize});
    const turn: ListTurn<PiPoint> = turnList(position, answer, (point) => point.webId);
    if (turn.kind === 'page') {
      yield turn.fresh;
      position = turn.next;
      continue;
    }
    if (++restarts > MAX_RESTARTS) throw unsteady(query.server);
    position = LIST_START;
  }
}

/** Whether the account sees at least one point that fits. */
export async function seesAnyPoint(http: PiHttp, query: PointQuery): Promise<boolean> {
  return (await firstPoints(http, query, 2)).length > 0;
}

/** The points that PI lists first, at most so many. */
export async function firstPoints(
  http: PiHttp,
  query: PointQuery,
  most: number,
): Promise<readonly PiPoint[]> {
  const first = {position: LIST_START, pageSize: most};
  return (await pointPage(http, query, first)).items;
}

interface PointPageAt {
  readonly position: ListPosition;
  readonly pageSize: number;
}

async function pointPage(
  http: PiHttp,
  {server, nameFilter}: PointQuery,
  {position, pageSize}: PointPageAt,
): Promise<ListAnswer<PiPoint>> {
  const path = ['dataservers', server.webId, 'points'];
  const startIndex = startIndexOf(position);
  return await askWithinLimit(http, pageSize, async (maxCount) => {
    const query = {nameFilter, startIndex, maxCount, selectedFields: SELECTED};
    const {Items, Links} = await http.get({path, query, fresh: true}, Points);
    const items = Items.map((item) => toPoint(item, server));
    return {items, hasNext: typeof Links?.Next === 'string', maxCount};
  });
}

const SELECTED = [
  'Items.Id',
  'Items.Name',
  'Items.PointType',
  'Items.EngineeringUnits',
  'Items.Future',
  'Links.Next',
  'WebException',
].join(';');

const Point = z.looseObject({
  Id: z.int(),
  Name: z.string(),
  PointType: z.string(),
  EngineeringUnits: z.string().nullish(),
  Future: z.boolean().nullish(),
});

const Points = z.looseObject({Items: z.array(Point).default([]), Links: PageLinks});

function toPoint(item: z.output<typeof Point>, {id: serverId}: DataServer): PiPoint {
  const units = item.EngineeringUnits ?? '';
  return {
    serverId,
    pointId: item.Id,
    webId: idOnlyWebId({kind: 'point', serverId, id: String(item.Id)}),
    name: item.Name,
    pointType: item.PointType,
    units: units === '' ? undefined : units,
    future: item.Future ?? false,
  };
}

function unsteady({name}: DataServer): TransientError {
  return new TransientError(
    'Points are created or deleted faster than their list can be read.',
    {details: {data_server: name}},
  );
}
