import {z} from 'zod';

import {batchGet} from './batch-get';
import type {PiHttp} from './pi-http';

const Identified = z.looseObject({Id: z.string()});
const BATCH_SIZE = 100;

/**
 * GUIDs of elements by their paths, for servers that leave the link to the parent out.
 * `GET /elements?path=`, by batch; a path that leads nowhere is not in the answer.
 */
export async function elementIdsByPath(
  http: PiHttp,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (let at = 0; at < paths.length; at += BATCH_SIZE) {
    const part = paths.slice(at, at + BATCH_SIZE);
    const items = part.map((path) => ({
      path: ['elements'],
      query: {path, selectedFields: 'Id;WebException'},
    }));
    const results = await batchGet(http, items, Identified);
    for (const [index, result] of results.entries()) {
      const path = part[index];
      if (result.ok && path !== undefined)
        ids.set(path, result.content.Id.toLowerCase());
    }
  }
  return ids;
}
