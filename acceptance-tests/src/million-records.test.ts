import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {SOUND} from './broken-connectors';

const HARNESS = path.join(__dirname, '../lib/main.js');
const PLAN = path.join(
  __dirname,
  '../broken/source/million/acceptance-test-config.yml',
);
const CHECKS = ['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8', 'R9'];

interface Report {
  readonly results: readonly {readonly id: string; readonly verdict: string}[];
}

describe('the harness', () => {
  it('judges a read of a million records with a heap that cannot hold them', () => {
    const work = mkdtempSync(path.join(tmpdir(), 'million-'));

    execFileSync(
      process.execPath,
      [
        ...['--max-old-space-size=96', HARNESS, '--config', PLAN],
        ...['--executable', SOUND.source, '--only', CHECKS.join(), '--out', work],
      ],
      {stdio: ['ignore', 'ignore', 'inherit'], env: {...process.env, TMPDIR: work}},
    );

    const report = readFileSync(path.join(work, 'connector/report.json'), 'utf8');
    rmSync(work, {recursive: true});
    expect(
      (JSON.parse(report) as Report).results.map(({id, verdict}) => [id, verdict]),
    ).toEqual(CHECKS.map((id) => [id, 'passed']));
  }, 240_000);
});
