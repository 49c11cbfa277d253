import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {Stage} from '../src/behaviours/stage';

const PROGRAM = path.join(
  __dirname,
  '../../../destination-unity/bin/destination-unity',
);

interface ConnectionStatus {
  readonly status: string;
  readonly message?: string;
}

let stage: Stage;

beforeAll(() => (stage = new Stage('check')));
afterAll(() => stage.close());

describe('A check', () => {
  it('succeeds where nothing is yet, and makes nothing', async () => {
    expect(check()).toEqual({
      status: 'SUCCEEDED',
      message: expect.stringContaining(`.${stage.schema}.`),
    });
    expect(await stage.tables().catch(() => [])).toEqual([]);
  });

  it('succeeds beside a table that is there, and leaves that alone', async () => {
    await stage.sync({name: 'tags', batches: [[{id: 1, name: 'a'}]]});

    const {status} = check();

    expect(status).toBe('SUCCEEDED');
    expect(await stage.tables()).toEqual(['tags']);
    expect(await stage.rows('tags', ['id', 'name'])).toEqual([['1', 'a']]);
    expect(await stage.engine.leftovers(stage.schema)).toEqual([]);
  });
});

/** What the finished program says of the connection. */
function check(): ConnectionStatus {
  const folder = mkdtempSync(path.join(tmpdir(), 'behaviours-check-'));
  try {
    const config = path.join(folder, 'config.json');
    writeFileSync(config, JSON.stringify(stage.engine.configuration(stage.schema)));
    const args = [PROGRAM, 'check', '--config', config];
    const {stdout} = spawnSync(process.execPath, args, {encoding: 'utf8'});
    const messages = stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as {connectionStatus?: ConnectionStatus});
    const said = messages.find(({connectionStatus}) => connectionStatus !== undefined);
    return said?.connectionStatus ?? {status: `none in ${stdout}`};
  } finally {
    rmSync(folder, {recursive: true});
  }
}
