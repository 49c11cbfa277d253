import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {CHECKS} from './checks/registry';
import {OUR_STAGES} from './ours/stages';
import type {Result} from './report/result';

const HARNESS = path.join(__dirname, '../lib/main.js');
const MINUTES_MS = 60_000;

/** What may stay unasked of a program, and nothing else. */
const EXCUSES = [
  'it is for images',
  'it is for a source',
  'it is for a destination',
  'the tests use no network beyond this machine',
];

/** The harness as users start it, which is also faster than inside a test runner. */
async function judged(connector: string): Promise<readonly Result[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'acceptance-report-'));
  const options = ['--connector', connector, '--out', folder];
  const harness = spawn(process.execPath, [HARNESS, ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await once(harness, 'exit');
  const report = readFileSync(path.join(folder, connector, 'report.json'), 'utf8');
  rmSync(folder, {recursive: true});
  return (JSON.parse(report) as {results: readonly Result[]}).results;
}

describe.each(Object.keys(OUR_STAGES))('%s', (connector) => {
  let results: readonly Result[];
  beforeAll(async () => {
    results = await judged(connector);
  }, 25 * MINUTES_MS);

  it.each(CHECKS.map(({id, title}) => [id, title]))('%s %s', (id, title) => {
    const result = results.find((each) => each.id === id && each.title === title);

    expect(result).toBeDefined();
    expect(result?.findings.filter(({severity}) => severity === 'error')).toEqual([]);
    expect([undefined, ...EXCUSES]).toContain(result?.reason);
  });
});
