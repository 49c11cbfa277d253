import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {privateFile} from './private-files';

describe('privateFile', () => {
  it('is read by its path, and by no name in any folder', () => {
    const parent = mkdtempSync(join(tmpdir(), 'private-files-'));
    const file = privateFile('secret', [parent]);

    expect(readFileSync(file.path, 'utf8')).toBe('secret');
    expect(readdirSync(parent)).toEqual([]);

    file.close();
    rmSync(parent, {recursive: true});
  });

  it('goes on to the next folder where one cannot be written to', () => {
    const file = privateFile(Buffer.from([1, 2]), ['/nowhere/at/all', tmpdir()]);

    expect([...readFileSync(file.path)]).toEqual([1, 2]);

    file.close();
  });

  it('says what to mount where there is no such folder', () => {
    expect(() => privateFile('x', ['/nowhere/at/all'])).toThrow('tmpfs');
  });
});
