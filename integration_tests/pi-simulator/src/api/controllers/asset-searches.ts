import {type Answer} from '../answer';
import {resolve} from '../kind';
import {databaseKind} from '../kinds/database-kind';
import {frameMembers} from '../kinds/frame-kind';
import {pagedAnswer} from '../paging';
import {type Call, type Route} from '../route';
import {
  findAttributesBy,
  findElements,
  findFramesBy,
  type SearchPlace,
} from '../search/asset-search';
import {parseFilters} from '../search/search-query';
import {parseTime} from '../time-string';
import {attributeMembersFor} from './attributes';
import {elementMembersFor} from './elements';

const PARAMETERS = ['databaseWebId', 'query', 'startIndex', 'maxCount'];

/** @throws ApiError 400 without a database. */
function placeOf({query, world}: Call): SearchPlace {
  const now = world.clock.now();
  const date = query.honours('queryDate') ? query.text('queryDate') : undefined;
  return {
    world,
    database: resolve(databaseKind, world, query.required('databaseWebId')),
    now: date === undefined ? now : parseTime(date, now),
  };
}

function queryOf({query}: Call): string {
  return query.text('query') ?? '';
}

function analyses(call: Call): Answer {
  placeOf(call);
  parseFilters(queryOf(call));
  // Nothing is analysed in this plant.
  return pagedAnswer(call, {members: {}, subjects: []});
}

export const assetSearchRoutes: readonly Route[] = [
  {
    operation: 'GET /elements/search',
    parameters: [...PARAMETERS, 'associations', 'queryDate'],
    answers: 'Items[Element]',
    handle: (call) =>
      pagedAnswer(call, {
        members: elementMembersFor(call),
        subjects: findElements(placeOf(call), queryOf(call)),
      }),
  },
  {
    operation: 'GET /attributes/search',
    parameters: [...PARAMETERS, 'associations'],
    answers: 'Items[Attribute]',
    handle: (call) =>
      pagedAnswer(call, {
        members: attributeMembersFor(call),
        subjects: findAttributesBy(placeOf(call), queryOf(call)),
      }),
  },
  {
    operation: 'GET /eventframes/search',
    parameters: PARAMETERS,
    answers: 'Items[EventFrame]',
    handle: (call) =>
      pagedAnswer(call, {
        members: frameMembers,
        subjects: findFramesBy(placeOf(call), queryOf(call)),
      }),
  },
  {
    operation: 'GET /analyses/search',
    parameters: PARAMETERS,
    answers: 'Items[Analysis]',
    handle: analyses,
  },
];
