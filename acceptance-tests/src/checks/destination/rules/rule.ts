import {endOf} from '../../../run/outcome';
import {error, unless, type Finding} from '../../check';
import type {Row, Storage, Sync} from '../storage';
import type {DestinationMode} from '../conversation';

/** One rule of X11, with the conversations it needs. */
export interface Rule {
  /** One word or two; the findings of the rule begin with it. */
  readonly id: string;
  /** What must hold. */
  readonly name: string;
  /** Modes without which it cannot be asked. */
  readonly needs: readonly DestinationMode[];
  readonly judge: (
    storage: Storage,
    modes: readonly DestinationMode[],
  ) => Promise<readonly Finding[]>;
}

/** A sync that must have gone well. */
export function wentWell({outcome}: Sync, which = 'the write'): readonly Finding[] {
  return unless(outcome.exit === 0, `${which} ${endOf(outcome)} instead of 0`);
}

/** A sync that must have failed, with a reason for the user. */
export function failed({outcome, errors}: Sync, because: string): readonly Finding[] {
  return [
    ...unless(outcome.exit !== 0, `${because}, and the exit code was 0`),
    ...unless(errors.length > 0, `${because}, and no TRACE ERROR said so`),
  ];
}

/** The values of one column in some order, compared as sets that count. */
export function holds(
  rows: readonly Row[],
  column: string,
  wanted: readonly unknown[],
): readonly Finding[] {
  const found = rows.map((row) => String(row[column])).sort();
  const sorted = wanted.map(String).sort();
  return found.join() === sorted.join()
    ? []
    : [error(`the table has ${listed(found)} instead of ${listed(sorted)}`)];
}

function listed(values: readonly string[]): string {
  return `[${values.join(', ')}]`;
}

/** Findings that begin with where they were found. */
export function at(place: string, findings: readonly Finding[]): readonly Finding[] {
  return findings.map((finding) => ({
    ...finding,
    message: `${place}: ${finding.message}`,
  }));
}
