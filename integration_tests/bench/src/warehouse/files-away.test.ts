import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {FilesAway} from './files-away';

describe('FilesAway', () => {
  const folder = mkdtempSync(join(tmpdir(), 'files-away-'));
  const file = join(folder, 'part-0.parquet');

  beforeEach(() => writeFileSync(file, 'rows'));

  afterAll(() => rmSync(folder, {recursive: true}));

  it('takes files away at the next merge and puts them back', () => {
    const away = new FilesAway(folder);
    away.ask([file]);
    away.seeStatement('SELECT 1');
    expect(existsSync(file)).toBe(true);
    away.seeStatement('MERGE INTO `t` AS t');
    expect(existsSync(file)).toBe(false);

    expect(away.restore([file])).toBe(true);
    expect(existsSync(file)).toBe(true);
  });

  it('says when no merge came', () => {
    const away = new FilesAway(folder);
    away.ask([file]);

    expect(away.restore([file])).toBe(false);
    away.seeStatement('MERGE INTO `t` AS t');
    expect(existsSync(file)).toBe(true);
  });
});
