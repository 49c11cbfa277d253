import {meaningful, tokenize, wordsAt} from '../wire';
import type {Rewriting} from './rewrite';
import type {StatementLogEntry} from './statement-log';

/** What Spark has not: volumes and the files on them, and loads with a ledger. */
const BRIDGED: readonly (readonly string[])[] = [
  ['COPY', 'INTO'],
  ['PUT'],
  ['GET'],
  ['REMOVE'],
  ['LIST'],
  ['CREATE', 'VOLUME'],
  ['DROP', 'VOLUME'],
  ['SHOW', 'VOLUMES'],
  ['DESCRIBE', 'VOLUME'],
];

const QUERIES = [['SELECT'], ['WITH'], ['INSERT'], ['MERGE', 'INTO']];

/** Which statements may be put differently, and in what. */
const REWRITABLE: Readonly<Record<Rewriting, readonly (readonly string[])[]>> = {
  'volume path': QUERIES,
  read_files: QUERIES,
  parameters: [...QUERIES, ['DELETE'], ['UPDATE']],
  'USE CATALOG': [['USE', 'CATALOG']],
};

/**
 * Whether what became of a statement is on the list. Everything that is not has to reach
 * Spark as it was written, or the bridge would vouch for SQL that Spark never saw.
 */
export function isAllowed(entry: StatementLogEntry): boolean {
  const tokens = meaningful(tokenize(entry.statement));
  const isOneOf = (forms: readonly (readonly string[])[]): boolean =>
    forms.some((words) => wordsAt(tokens, 0, ...words));
  switch (entry.treatment) {
    case 'unchanged':
      return true;
    case 'bridge':
      return isOneOf(BRIDGED);
    case 'rewritten':
      return entry.rewritings.every((rewriting) => isOneOf(REWRITABLE[rewriting]));
  }
}
