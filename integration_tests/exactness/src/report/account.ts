import type {RunCounts, RunResult} from '../run';

/** The sum of many runs. */
export class Account {
  runs = 0;
  failed = 0;
  readonly themes = new Map<string, number>();
  private readonly sums = new Map<string, number>();
  private readonly faults = new Map<string, number>();

  add({theme, problems, counts}: RunResult): void {
    this.runs += 1;
    if (problems.length > 0) this.failed += 1;
    increase(this.themes, theme, 1);
    for (const [name, count] of Object.entries(counts)) {
      if (typeof count === 'number') increase(this.sums, name, count);
    }
    for (const [name, count] of Object.entries(counts.faults))
      increase(this.faults, name, count);
  }

  /** A run that came to no verdict counts as failed. */
  addBroken(): void {
    this.runs += 1;
    this.failed += 1;
  }

  sum(name: Exclude<keyof RunCounts, 'faults'>): number {
    return this.sums.get(name) ?? 0;
  }

  /** The table at the end. @param seconds From the first run to the last. */
  table(seconds: number): string {
    const killed = this.sum('killsInProcess') + this.sum('killsOfPrograms');
    const rows: [string, string][] = [
      ['runs', String(this.runs)],
      [
        'hard cases by name',
        String(this.themes.size - (this.themes.has('open') ? 1 : 0)),
      ],
      ['attempts', number(this.sum('attempts'))],
      ['events delivered', number(this.sum('events'))],
      ['requests', number(this.sum('requests'))],
      ['kills', `${killed}, of them ${this.sum('killsOfPrograms')} of real processes`],
      [
        'changes in the archive',
        `${this.sum('changes')}, and ${this.sum('refusedChanges')} that it refused`,
      ],
      ['points that healed', String(this.sum('healed'))],
      [
        'faults',
        [...this.faults]
          .sort()
          .map(([name, count]) => `${count} ${name}`)
          .join(', '),
      ],
      ['seconds', seconds.toFixed(0)],
    ];
    return rows.map(([name, value]) => `${name.padEnd(24)}${value}\n`).join('');
  }
}

function increase(counts: Map<string, number>, name: string, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}
