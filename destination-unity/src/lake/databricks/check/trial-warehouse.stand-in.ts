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

/** The statement, counted from 0, that fails, and whether it has its effect all the same. */
export interface Failing {
  readonly at: number;
  readonly how: 'refused' | 'lost_before' | 'lost_after';
}

const noReply = (): Promise<never> => Promise.reject(new TransientError('No reply.'));

const NAMED = /^(CREATE|DROP) (?:SCHEMA|TABLE|VOLUME) IF (?:NOT )?EXISTS (`[^\s(]+)/;

/**
 * A stand-in for a warehouse on which a check goes well but for what it is told to refuse.
 * It has no rows; it remembers what it was asked and what is there.
 */
export class TrialWarehouse implements Warehouse {
  readonly asked: string[] = [];
  /** Names of schemas, volumes and tables that were made and not dropped. */
  readonly present = new Set<string>();
  failing: Failing | undefined;

  constructor(
    private readonly refusals: Refusals = {},
    private readonly answers: Readonly<Record<string, readonly ResultRow[]>> = {},
  ) {}

  attempt(sql: string): Promise<Outcome> {
    const how = this.asked.length === this.failing?.at ? this.failing.how : undefined;
    this.asked.push(sql.replaceAll(/\s+/g, ' '));
    if (how === 'refused') return Promise.resolve(outcome({refused: {}}));
    if (how === 'lost_before') return noReply();
    const refused = valueAt(this.refusals, sql);
    if (refused === 'lost') return noReply();
    if (refused !== undefined) return Promise.resolve(outcome({refused}));
    const result = this.#carryOut(sql);
    return how === 'lost_after' ? noReply() : Promise.resolve(result);
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

  #carryOut(sql: string): Outcome {
    this.#make(sql);
    const table = /^DESCRIBE TABLE (\S+)/.exec(sql)?.[1];
    const isAbsent = table !== undefined && !this.present.has(table);
    if (isAbsent) return outcome({refused: ABSENT});
    return outcome({rows: valueAt({...this.answers, ...USUAL}, sql) ?? []});
  }

  #make(sql: string): void {
    const [, verb, name = ''] = NAMED.exec(sql) ?? [];
    if (verb === 'CREATE' && name !== this.#schema) this.present.add(name);
    if (verb === 'DROP') this.#drop(name);
  }

  /** The schema that was there before the check. */
  get #schema(): string | undefined {
    const name = '`main`.`pi`';
    return valueAt(this.refusals, `DESCRIBE SCHEMA ${name}`) ? undefined : name;
  }

  #drop(name: string): void {
    for (const there of this.present) {
      if (there === name || there.startsWith(`${name}.`)) this.present.delete(there);
    }
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

function outcome({
  refused,
  rows = [],
}: {
  readonly refused?: Partial<Refusal>;
  readonly rows?: readonly ResultRow[];
}): Outcome {
  if (refused === undefined) return {kind: 'done', rows};
  const refusal = {errorClass: '', sqlState: '', message: 'Refused.', ...refused};
  return {kind: 'refused', refusal};
}
