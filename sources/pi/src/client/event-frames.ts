import {z} from 'zod';

import {piTimestamp, type PiTimestamp} from '../sync/pi-timestamp';
import type {AssetDatabase} from './asset-databases';
import type {BatchResult} from './batch-get';
import {getEach} from './get-each';
import {
  askWithinLimit,
  PageLinks,
  startIndexOf,
  type ListAnswer,
  type ListPosition,
} from './list-page';
import type {PiHttp} from './pi-http';

const Instant = z.string().transform((text, context): PiTimestamp => {
  const instant = piTimestamp(text);
  if (instant !== undefined) return instant;
  context.addIssue({code: 'custom', message: 'Not a UTC instant.'});
  return z.NEVER;
});

const EventFrameShape = z.looseObject({
  WebId: z.string(),
  Id: z.string(),
  Name: z.string(),
  TemplateName: z.string().nullish(),
  CategoryNames: z.array(z.string()).nullish(),
  StartTime: Instant,
  EndTime: z.string().nullish(),
  Severity: z.string().nullish(),
  IsAcknowledged: z.boolean().nullish(),
  AcknowledgedBy: z.string().nullish(),
  AcknowledgedDate: z.string().nullish(),
  IsAnnotated: z.boolean().nullish(),
  RefElementWebIds: z.array(z.string()).nullish(),
  Links: z
    .looseObject({
      Parent: z.string().nullish(),
      PrimaryReferencedElement: z.string().nullish(),
    })
    .nullish(),
});

/** An event frame as PI Web API shows it. */
export type EventFrame = z.output<typeof EventFrameShape>;

const EventFrames = z.looseObject({
  Items: z.array(EventFrameShape).default([]),
  Links: PageLinks,
});

const FRAME_FIELDS = [
  'WebId',
  'Id',
  'Name',
  'TemplateName',
  'CategoryNames',
  'StartTime',
  'EndTime',
  'Severity',
  'IsAcknowledged',
  'AcknowledgedBy',
  'AcknowledgedDate',
  'IsAnnotated',
  'RefElementWebIds',
  'Links.Parent',
  'Links.PrimaryReferencedElement',
];

export interface FrameQuery {
  readonly database: AssetDatabase;
  /** `Overlapped`: all that were under way in the window; `StartInclusive`: began in it. */
  readonly searchMode: 'Overlapped' | 'StartInclusive';
  /** Both ends are inclusive, as PI has it. */
  readonly from: PiTimestamp;
  readonly to: PiTimestamp;
  /** Frames of this template and of those derived from it; undefined: of all. */
  readonly templateName: string | undefined;
}

export interface FramePageAt {
  readonly position: ListPosition;
  readonly pageSize: number;
}

/**
 * A page of event frames of all levels, oldest first.
 * `GET /assetdatabases/{webId}/eventframes`.
 */
export async function eventFramePage(
  http: PiHttp,
  {database, searchMode, from, to, templateName}: FrameQuery,
  {position, pageSize}: FramePageAt,
): Promise<ListAnswer<EventFrame>> {
  const path = ['assetdatabases', database.webId, 'eventframes'];
  const startIndex = startIndexOf(position);
  return await askWithinLimit(http, pageSize, async (maxCount) => {
    const query = {
      searchMode,
      startTime: from,
      endTime: to,
      templateName,
      searchFullHierarchy: true,
      sortField: 'StartTime',
      sortOrder: 'Ascending',
      startIndex,
      maxCount,
      webIdType: 'IDOnly',
      selectedFields: PAGE_FIELDS,
    };
    const {Items, Links} = await http.get({path, query, fresh: true}, EventFrames);
    return {items: Items, hasNext: typeof Links?.Next === 'string', maxCount};
  });
}

const PAGE_FIELDS = [
  ...FRAME_FIELDS.map((field) => `Items.${field}`),
  'Links.Next',
  'WebException',
].join(';');

/** Single event frames by WebID, in the order asked; one that is gone is a refusal. */
export async function eventFramesById(
  http: PiHttp,
  webIds: readonly string[],
): Promise<readonly BatchResult<EventFrame>[]> {
  const query = {
    webIdType: 'IDOnly',
    selectedFields: [...FRAME_FIELDS, 'WebException'].join(';'),
  };
  const items = webIds.map((webId) => ({path: ['eventframes', webId], query}));
  return await getEach(http, items, EventFrameShape);
}
