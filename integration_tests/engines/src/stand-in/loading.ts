import type {Answer} from '../wire/answers/answer';
import {SqlError} from '../wire/answers/sql-error';
import type {Query} from './engine';
import {concurrentChange, fileNotFound, nullRefused, tableNotFound} from './refusals';
import type {Commit, StandInParts} from './statement';

/** What a load does with rows. */
export interface Load {
  readonly commit: Commit;
  /** Rows that others may have read are taken away or changed. */
  readonly isRewrite: boolean;
  /** Does it, and answers how many rows that were. */
  readonly act: (query: Query) => Promise<number>;
}

/**
 * Carries out a load: it begins, something may happen meanwhile, then its effect is there
 * all at once. A load that rewrites rows fails if others were rewritten since it began.
 */
export async function carryOut(load: Load, parts: StandInParts): Promise<Answer> {
  const {engine, tables, beforeCommit, onCommit} = parts;
  const {commit, isRewrite, act} = load;
  const {table} = commit;
  const rewritesSeen = table.rewrites;
  await beforeCommit(commit);
  return engine.inTurn(async (query) => {
    if (!tables.has(table)) throw tableNotFound(table.fullName);
    if (isRewrite && table.rewrites !== rewritesSeen) {
      throw concurrentChange(table.fullName);
    }
    const rows = await asWhole(query, () => act(query));
    if (isRewrite) table.rewrites += 1;
    await onCommit(commit, query);
    return {columns: [{name: 'num_affected_rows', type: 'bigint'}], rows: [[rows]]};
  });
}

async function asWhole(query: Query, act: () => Promise<number>): Promise<number> {
  await query('BEGIN');
  try {
    const rows = await act();
    await query('COMMIT');
    return rows;
  } catch (error) {
    await query('ROLLBACK');
    throw inWarehouseWords(error);
  }
}

/** Rows that a statement of the engine says it has changed. */
export function changedRows(rows: readonly (readonly unknown[])[]): number {
  return Number(rows[0]?.[0] ?? 0);
}

function inWarehouseWords(error: unknown): unknown {
  if (error instanceof SqlError) return error;
  const message = String(error);
  if (message.includes('NOT NULL constraint failed')) return nullRefused(message);
  if (message.includes('No files found')) return fileNotFound(message);
  return error;
}
