import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import type {Outcome} from '../../run/outcome';

export type Printed = readonly Readonly<Record<string, unknown>>[];

/** A run that printed these messages, counts as doubles, and ended well. */
export function outcomeOf(messages: Printed): Outcome {
  const folder = mkdtempSync(path.join(tmpdir(), 'printed-'));
  const stdoutFile = path.join(folder, 'stdout.jsonl');
  const lines = messages.map((message) =>
    JSON.stringify(message).replace(/("recordCount":\d+)/, '$1.0'),
  );
  writeFileSync(stdoutFile, `${lines.join('\n')}\n`);
  return {stdoutFile, exit: 0} as Outcome;
}
