import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {readCatalog, readConfig, readState} from './documents';
import {ConfigError} from './errors';

describe('documents', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), 'documents '))));
  afterAll(() => rmSync(folder, {recursive: true}));

  it.each(['config.json', 'config.txt', 'config', 'config.js', 'with space.JSON'])(
    'reads %s as JSON',
    (name) => {
      expect(readConfig(file(name, '{"a":1}'))).toEqual({a: 1});
    },
  );

  it('reads a relative path, and past a byte order mark', () => {
    const relative = path.relative(process.cwd(), file('bom.json', '\uFEFF{"a":1}'));

    expect(readConfig(relative)).toEqual({a: 1});
  });

  it('says that a document is not JSON, and quotes nothing of it', () => {
    const broken = file('broken.json', '{"password": hunter2}');

    expect(() => readConfig(broken)).toThrow(
      new ConfigError(`The configuration file ${broken} is not JSON.`),
    );
  });

  it('says what is wrong with a path', () => {
    expect(() => readCatalog(path.join(folder, 'none'))).toThrow(
      'there is no such file',
    );
    expect(() => readCatalog(folder)).toThrow('it is a folder');
  });

  it('says what is wrong with a document', () => {
    expect(() => readConfig(file('list.json', '[]'))).toThrow('holds no JSON object');
    expect(() => readCatalog(file('c.json', '{}'))).toThrow('it has no list `streams`');
    expect(() => readState(file('s.json', '[7]'))).toThrow('entry 0 is not an object');
  });

  it('takes no path for no state', () => {
    expect(readState(undefined)).toEqual([]);
  });

  function file(name: string, content: string): string {
    const full = path.join(folder, name);
    writeFileSync(full, content);
    return full;
  }
});
