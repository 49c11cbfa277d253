import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import type {JourneyResult} from './kills/src/journey';
import {runKills} from './kills/src/kills';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kills-'));
});

afterEach(() => rmSync(folder, {recursive: true}));

describe('source-pi | destination-unity, killed at random', () => {
  it('loses nothing and doubles nothing where rows have keys', async () => {
    const result = await journey({seed: 4, kills: 5});

    expect(result).toMatchObject({story: {mode: 'append_dedup'}, faults: []});
  });

  it('loses nothing where rows have none', async () => {
    const result = await journey({seed: 3, kills: 3});

    expect(result).toMatchObject({story: {mode: 'append'}, faults: []});
  });

  it('would be seen to lose rows if states came back that nobody acknowledged', async () => {
    const result = await journey({seed: 2, kills: 4, trusted: 'source'});

    expect(result.faults).toContainEqual(expect.stringMatching(/timeseries lacks/));
  });
});

async function journey({
  seed,
  kills,
  trusted = 'destination',
}: {
  seed: number;
  kills: number;
  trusted?: 'source' | 'destination';
}): Promise<JourneyResult & {faults: readonly string[]}> {
  const stage = {folder, lanes: 1, trusted, onResult: () => undefined};
  const [result] = await runKills({seed, kills}, stage);
  if (result === undefined) throw new Error('There was no journey.');
  return {...result, faults: result.verdict.faults};
}
