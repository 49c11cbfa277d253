import {HISTORY_CASES} from './history-cases';
import type {Traits} from './traits';
import {TROUBLE_CASES} from './trouble-cases';

/** The hard cases, each with what a story must have so that the case certainly occurs. */
export const HARD_CASES: ReadonlyMap<string, Partial<Traits>> = new Map([
  ...HISTORY_CASES,
  ...TROUBLE_CASES,
]);

/** Any so many seeds in a row hold every hard case. */
const CYCLE = 60;

/** The hard case a seed stands for; undefined for an open story. */
export function hardCaseOf(seed: number): string | undefined {
  return [...HARD_CASES.keys()][seed % CYCLE];
}
