import {existsSync} from 'node:fs';

import {failing, PRINCIPAL, Stand} from './connection.stand-in';
import {SqlError} from './wire';

const UNAVAILABLE = {status: 503};

describe('an upload by PUT', () => {
  it('names the other way where no presigned URLs are given out', async () => {
    await using stand = await Stand.open();
    const staging = stand.staging('sql_put');
    await staging.prepare();
    const refusal = SqlError.worded(
      'PERMISSION_DENIED: Presigned URLs API is not enabled',
      undefined,
    );
    stand.refuse = (sql) => (sql.startsWith('PUT') ? refusal : undefined);

    const stage = staging.stage(stand.file('a.parquet', 'x'), 't');

    await expect(stage).rejects.toMatchObject({
      failureType: 'config_error',
      message: expect.stringContaining('files_api'),
    });
  });

  it('names the other way where storage cannot be reached, and no signature', async () => {
    await using stand = await Stand.open();
    const staging = stand.staging('sql_put');
    await staging.prepare();
    stand.before = ({kind}) => (kind === 'presigned' ? 'drop' : undefined);

    const said = await staging.stage(stand.file('a.parquet', 'x'), 't').catch(String);

    expect(said).toContain('files_api');
    expect(said).not.toMatch(/signature|sig=|https:\/\//i);
  });

  it('gives up on storage that refuses, and names the other way', async () => {
    await using stand = await Stand.open();
    const staging = stand.staging('sql_put');
    await staging.prepare();
    const forbidden = failing(Infinity, ({kind}) => kind === 'presigned', {
      status: 403,
    });
    stand.before = forbidden;

    const stage = staging.stage(stand.file('a.parquet', 'x'), 't');

    await expect(stage).rejects.toThrow(/files_api/);
    expect(forbidden.seen()).toBe(5);
  });
});

describe.each(['sql_put', 'files_api'] as const)('a staging area by %s', (upload) => {
  it('makes its volume, stages files and removes them', async () => {
    await using stand = await Stand.open();
    const staging = stand.staging(upload, {authentication: PRINCIPAL});
    const local = stand.file('a.parquet', 'content');

    await staging.prepare();
    const first = await staging.stage(local, 'main.lake.t');
    const second = await staging.stage(stand.file('b.parquet', ''), 'main.lake.t');
    const kept = stand.storage.volumes.list('/Volumes/main/lake/staging');
    await staging.remove([first, second]);
    await staging.remove([first]);

    expect(first).toMatch(
      /^\/Volumes\/main\/lake\/staging\/airbyte-[0-9a-z]+-0a1b2c3d-[0-9a-f]{8}-1\.parquet$/,
    );
    expect(kept.map(({path, size}) => [path, size])).toEqual([
      [first, 7],
      [second, 0],
    ]);
    expect(existsSync(local)).toBe(false);
    expect(stand.storage.volumes.list('/Volumes/main/lake/staging')).toEqual([]);
    expect(stand.said).toEqual([]);
  });

  it('uploads again, under the same name, what storage did not take', async () => {
    await using stand = await Stand.open();
    const staging = stand.staging(upload);
    await staging.prepare();
    const isUpload = ({kind}: {kind: string}): boolean =>
      kind === (upload === 'sql_put' ? 'presigned' : 'files_api');
    stand.before = failing(3, isUpload, UNAVAILABLE);
    stand.after = failing(1, isUpload, 'drop');

    const path = await staging.stage(stand.file('a.parquet', 'content'), 't');

    const kept = stand.storage.volumes.list('/Volumes/main/lake/staging');
    expect(kept.map((file) => file.path)).toEqual([path]);
    expect(stand.slept).toHaveLength(4);
  });

  it('tells of files it could not remove, and goes on', async () => {
    await using stand = await Stand.open();
    const staging = stand.staging(upload);
    await staging.prepare();
    const path = await staging.stage(stand.file('a.parquet', 'content'), 't');
    stand.before = ({kind}) =>
      kind === 'presigned' || kind === 'files_api' ? {status: 403} : undefined;

    await staging.remove([path]);

    expect(stand.said.at(-1)).toMatch(/^1 staged files could not be removed/);
  });
});
