import type {Kind} from '../config/own-config';
import type {Stage} from '../stage/stage';

/** What a check has to say; a warning fails nothing. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** One rule of Airbyte's, or of ours, by its id. */
export interface Check {
  readonly id: string;
  readonly title: string;
  /** For whom it is asked; both kinds unless told. */
  readonly kinds?: readonly Kind[];
  /** It can be asked of an image only. */
  readonly isForImages?: boolean;
  /** Why it cannot be asked on this stage, as the plan says; undefined: it is asked. */
  bypass?(stage: Stage): string | undefined;
  /** Judges; nothing found is a pass. */
  run(stage: Stage): Promise<readonly Finding[]>;
}

export function error(message: string): Finding {
  return {severity: 'error', message};
}

export function warning(message: string): Finding {
  return {severity: 'warning', message};
}

/** One error, where the condition does not hold. */
export function unless(condition: boolean, message: string): readonly Finding[] {
  return condition ? [] : [error(message)];
}

/** The findings of several questions, in their order. */
export async function all<T>(
  items: Iterable<T>,
  ask: (item: T) => Promise<readonly Finding[]> | readonly Finding[],
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const item of items) findings.push(...(await ask(item)));
  return findings;
}
