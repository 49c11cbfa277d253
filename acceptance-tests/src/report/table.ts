import {failedIds, type Result} from './result';

/** The results as a table for people; findings below the check they belong to. */
export function table(name: string, results: readonly Result[]): string {
  const rows = results.flatMap((result) => [
    `${mark(result)} ${result.id.padEnd(4)} ${result.title}${tail(result)}`,
    ...result.findings.map(({severity, message}) => `        ${severity}: ${message}`),
  ]);
  return [name, ...rows].join('\n');
}

/** The closing line: counts, and the ids of what failed. */
export function closingLine(results: readonly Result[]): string {
  const failed = failedIds(results);
  const passed = results.filter(({verdict}) => verdict === 'passed').length;
  const names = failed.length === 0 ? '' : `: ${failed.join(', ')}`;
  return `${passed} passed, ${failed.length} failed${names}`;
}

function mark({verdict}: Result): string {
  return {passed: 'ok  ', failed: 'FAIL', 'not asked': '-   '}[verdict];
}

function tail({reason, seconds}: Result): string {
  if (reason !== undefined) return ` (not asked: ${reason})`;
  return seconds >= 1 ? ` (${seconds.toFixed(1)} s)` : '';
}
