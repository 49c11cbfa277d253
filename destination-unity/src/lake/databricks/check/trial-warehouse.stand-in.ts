import {TransientError} from 'airbyte-cdk-ts';

import type {Outcome, Refusal, ResultRow, Warehouse} from '../warehouse';
import {trialDefinition} from './trial-table';

/** What the stand-in says against statements that begin so. */
export type Refusals = Readonly<Record<string, Partial<Refusal> | 'lost'>>;

const NAME = {catalog: 'main', schema: 'pi', table: 'any'};
const ABSENT: Refusal = {
  errorClass: 'TABLE_OR_VIEW_NOT_FOUND',
  sqlState: '42P01',
  message: 'The table or view cannot be found.',
};

const DESCRIBED: readonly ResultRow[] = trialDefinition(NAME).columns.map(
  ({name, type}) => ({col_name: name, data_type: type === 'json' ? 'string' : type}),
);

/**
 * A stand-in for a warehouse on which a check goes well but for what it is told to refuse.
 * It carries nothing out; it remembers what it was asked.
 */
export class TrialWarehouse implements Warehouse {
  readonly asked: string[] = [];
  isTableMade = false;

  constructor(
    private readonly refusals: Refusals = {},
    private readonly answers: Readonly<Record<string, readonly ResultRow[]>> = {},
  ) {}

  attempt(sql: string): Promise<Outcome> {
    this.asked.push(sql.replaceAll(/\s+/g, ' '));
    const refused = valueAt(this.refusals, sql);
    if (refused === 'lost') return Promise.reject(new TransientError('No reply.'));
    if (refused !== undefined) return answer({refused});
    if (sql.startsWith('CREATE TABLE')) this.isTableMade = true;
    if (sql.startsWith('DESCRIBE TABLE') && !this.isTableMade) {
      return answer({refused: ABSENT});
    }
    return answer({rows: valueAt({...this.answers, ...USUAL}, sql) ?? []});
  }

  async run(sql: string): Promise<readonly ResultRow[]> {
    const outcome = await this.attempt(sql);
    if (outcome.kind === 'done') return outcome.rows;
    throw new RangeError(outcome.refusal.message);
  }

  put(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const USUAL: Readonly<Record<string, readonly ResultRow[]>> = {
  'SELECT current_user()': [{principal: 'svc@example.com'}],
  'DESCRIBE TABLE': DESCRIBED,
  'SELECT CAST(': [
    {id: '1', text: 'stored'},
    {id: '2', text: 'merged'},
    {id: '3', text: 'merged'},
  ],
};

function valueAt<Value>(
  table: Readonly<Record<string, Value>>,
  sql: string,
): Value | undefined {
  return Object.entries(table).find(([begin]) => sql.startsWith(begin))?.[1];
}

function answer({
  refused,
  rows = [],
}: {
  readonly refused?: Partial<Refusal>;
  readonly rows?: readonly ResultRow[];
}): Promise<Outcome> {
  if (refused === undefined) return Promise.resolve({kind: 'done', rows});
  const refusal = {errorClass: '', sqlState: '', message: 'Refused.', ...refused};
  return Promise.resolve({kind: 'refused', refusal});
}
