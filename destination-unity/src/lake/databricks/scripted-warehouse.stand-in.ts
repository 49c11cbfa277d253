import type {Outcome, ResultRow, Warehouse} from './warehouse';

/** What a stand-in says to statements that begin with a text. */
export type Answers = Readonly<
  Record<string, readonly ResultRow[] | {readonly refused: string}>
>;

/**
 * A stand-in for a warehouse that answers from a list, and remembers what it was asked.
 * It carries nothing out: statements are judged where a real engine runs them.
 */
export class ScriptedWarehouse implements Warehouse {
  readonly asked: string[] = [];

  constructor(public answers: Answers) {}

  attempt(sql: string): Promise<Outcome> {
    this.asked.push(sql.split('\n', 1)[0] ?? '');
    const found = Object.entries(this.answers).find(([begin]) => sql.startsWith(begin));
    const answer = found?.[1] ?? [];
    if (!('refused' in answer)) return Promise.resolve({kind: 'done', rows: answer});
    const {refused: errorClass} = answer;
    return Promise.resolve({
      kind: 'refused',
      refusal: {errorClass, sqlState: '', message: `[${errorClass}] refused`},
    });
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
