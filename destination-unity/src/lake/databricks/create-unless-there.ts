import type {Warehouse} from './warehouse';

/**
 * Creates something that is missing. A warehouse may refuse that, too, where another writer
 * has just made it: then the answer is false. Rejects with the reason of any other refusal.
 */
export async function createUnlessThere(
  warehouse: Warehouse,
  creation: string,
  isThere: () => Promise<boolean>,
): Promise<boolean> {
  if ((await warehouse.attempt(creation)).kind === 'done') return true;
  if (await isThere()) return false;
  await warehouse.run(creation); // rejects with the reason
  return true;
}
