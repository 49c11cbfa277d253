import type {TSparkParameter} from '@databricks/sql/thrift/TCLIService_types';

import {isVolumeStatement, meaningful, tokenize, wordsAt} from '../wire';
import {bindParameters} from './parameters';
import {rewriteForSpark, type Locate, type Rewritten} from './rewrite';

/** Who carries a statement out, and in which words. */
export type Plan = {readonly by: 'bridge'} | ({readonly by: 'spark'} & Rewritten);

/** Decides about a statement by its form alone. Throws what is wrong with its paths. */
export function planStatement(
  sql: string,
  parameters: readonly TSparkParameter[],
  locate: Locate,
): Plan {
  if (isCopyInto(sql) || isVolumeStatement(sql)) return {by: 'bridge'};
  const {sql: rewritten, rewritings} = rewriteForSpark(sql, locate);
  if (parameters.length === 0) return {by: 'spark', sql: rewritten, rewritings};
  return {
    by: 'spark',
    sql: bindParameters(rewritten, parameters),
    rewritings: [...rewritings, 'parameters'],
  };
}

/** True for loads, whether or not the bridge can carry them out. */
function isCopyInto(sql: string): boolean {
  return wordsAt(meaningful(tokenize(sql)), 0, 'COPY', 'INTO');
}
