import {unless, type Finding} from '../../check';
import {complete, record, state, status, type Entry} from '../conversation';
import type {Storage} from '../storage';
import {at, failed, holds, type Rule} from './rule';

/** Streams that do not end as they should. */
export const ENDING_RULES: readonly Rule[] = [
  {
    id: 'unended',
    name: 'a stream without COMPLETE keeps its rows and fails the write',
    needs: ['append'],
    judge: (storage) => withoutEnd(storage, []),
  },
  {
    id: 'incomplete',
    name: 'an INCOMPLETE stream keeps its rows and fails the write',
    needs: ['append'],
    judge: (storage) => withoutEnd(storage, ['INCOMPLETE']),
  },
];

/** Two streams: one whose end is told, and one that ends otherwise. */
async function withoutEnd(
  storage: Storage,
  said: readonly string[],
): Promise<readonly Finding[]> {
  const namespace = storage.namespace();
  const entryOf = (stream: string): Entry => ({
    ...{namespace, stream, properties: {id: {type: 'integer'}}},
    generation: [1, 0],
  });
  const [broken, whole] = [entryOf('broken'), entryOf('whole')];
  const sync = await storage.sync({
    entries: [broken, whole],
    lines: [
      ...[record(broken, {id: 1}), state(broken, {n: 1}, 1), record(broken, {id: 2})],
      ...[record(whole, {id: 1}), state(whole, {n: 1}, 1), complete(whole)],
      ...said.map((word) => status(broken, word)),
    ],
  });
  return [
    ...failed(sync, 'a stream did not end'),
    ...unless(sync.states.length === 2, `${sync.states.length} of 2 states came back`),
    ...at('the stream without end', holds(await storage.rows(broken), 'id', [1, 2])),
    ...at('the other stream', holds(await storage.rows(whole), 'id', [1])),
  ];
}
