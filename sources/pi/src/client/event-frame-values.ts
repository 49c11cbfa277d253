import {z} from 'zod';

import type {BatchResult} from './batch-get';
import {getEach} from './get-each';
import type {PiHttp} from './pi-http';

const FrameValuesShape = z.looseObject({
  Items: z
    .array(
      z.looseObject({
        Name: z.string(),
        Path: z.string().nullish(),
        Value: z
          .looseObject({Value: z.unknown().optional(), Errors: z.unknown().optional()})
          .nullish(),
      }),
    )
    .default([]),
});

/** The values of the attributes of one event frame. */
export type FrameValues = z.output<typeof FrameValuesShape>;

/**
 * The values of the attributes of each event frame, child attributes too, as they belong
 * to its own time: never today's. `GET /streamsets/{webId}/value`, by batch, in the order
 * asked.
 */
export async function eventFrameValues(
  http: PiHttp,
  webIds: readonly string[],
): Promise<readonly BatchResult<FrameValues>[]> {
  const query = {
    searchFullHierarchy: true,
    selectedFields:
      'Items.Name;Items.Path;Items.Value.Value;Items.Value.Errors;WebException',
  };
  const items = webIds.map((webId) => ({
    path: ['streamsets', webId, 'value'],
    query,
  }));
  return await getEach(http, items, FrameValuesShape);
}

const FrameAnnotationsShape = z.looseObject({
  Items: z
    .array(
      z.looseObject({
        Id: z.string().nullish(),
        Name: z.string().nullish(),
        Description: z.string().nullish(),
        Value: z.unknown().optional(),
        Creator: z.string().nullish(),
        CreationDate: z.string().nullish(),
        Modifier: z.string().nullish(),
        ModifyDate: z.string().nullish(),
      }),
    )
    .default([]),
});

/** What people have noted on one event frame. */
export type FrameAnnotations = z.output<typeof FrameAnnotationsShape>;

/** `GET /eventframes/{webId}/annotations`, by batch, in the order asked. */
export async function eventFrameAnnotations(
  http: PiHttp,
  webIds: readonly string[],
): Promise<readonly BatchResult<FrameAnnotations>[]> {
  const members = [
    ...['Id', 'Name', 'Description', 'Value'],
    ...['Creator', 'CreationDate', 'Modifier', 'ModifyDate'],
  ];
  const selected = members.map((member) => `Items.${member}`).join(';');
  const query = {selectedFields: `${selected};WebException`};
  const items = webIds.map((webId) => ({
    path: ['eventframes', webId, 'annotations'],
    query,
  }));
  return await getEach(http, items, FrameAnnotationsShape);
}
