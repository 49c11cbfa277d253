import {ConnectorError} from 'airbyte-cdk-ts';
import type {z} from 'zod';

import {batchGet, type BatchItem, type BatchResult} from './batch-get';
import {mayShrink} from './failure';
import type {PiHttp} from './pi-http';
import {treatmentOf} from './treatment';

const BATCH_SIZE = 100;
/** So many that keep failing are at fault themselves; with more of them, the server is. */
const MAX_FAULTY = 5;

type Results<T extends z.ZodType> = readonly BatchResult<z.output<T>>[];

/**
 * Independent GETs by batch, the results in the order of the items. One that keeps
 * failing while the others pass is a refusal in its result and fails no other. Rejects
 * where the server is at fault.
 */
export async function getEach<T extends z.ZodType>(
  http: PiHttp,
  items: readonly BatchItem[],
  shape: T,
): Promise<Results<T>> {
  const parts: Promise<Results<T>>[] = [];
  for (let at = 0; at < items.length; at += BATCH_SIZE) {
    parts.push(getPart(http, items.slice(at, at + BATCH_SIZE), shape));
  }
  return (await Promise.all(parts)).flat();
}

async function getPart<T extends z.ZodType>(
  http: PiHttp,
  items: readonly BatchItem[],
  shape: T,
): Promise<Results<T>> {
  try {
    return await batchGet(http, items, shape);
  } catch (thrown) {
    if (!mayShrink(thrown)) throw thrown;
    const alone = await Promise.all(items.map((item) => getAlone(http, item, shape)));
    const faulty = alone.filter((result) => !result.ok && isPassing(result));
    if (faulty.length > MAX_FAULTY) throw thrown;
    return alone;
  }
}

async function getAlone<T extends z.ZodType>(
  http: PiHttp,
  item: BatchItem,
  shape: T,
): Promise<BatchResult<z.output<T>>> {
  try {
    return {ok: true, content: await http.get(item, shape)};
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError) || !mayShrink(thrown)) throw thrown;
    const {status, said} = thrown.details;
    if (typeof status !== 'number') throw thrown;
    const text = typeof said === 'string' ? said : thrown.message;
    return {ok: false, refusal: {status, said: text}};
  }
}

function isPassing({
  refusal: {status},
}: Extract<BatchResult<unknown>, {readonly ok: false}>): boolean {
  return treatmentOf(status).retry;
}
