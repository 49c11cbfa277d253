import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import fc from 'fast-check';

import {Volumes} from './volumes';

describe('Volumes', () => {
  let root: string;
  let volumes: Volumes;

  beforeAll(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'volumes-'));
    volumes = new Volumes(root);
    volumes.create(['main', 'lake', 'staging'], false);
  });

  afterAll(() => fs.rmSync(root, {recursive: true}));

  it('never leaves a volume, whatever the path', () => {
    const inside = path.join(root, 'main', 'lake', 'staging');
    const step = fc.oneof(
      fc.constantFrom('..', '.', '', '%2e%2e', '\0', '...'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const located = locateOrRefuse(
          ['/Volumes/main/lake/staging', ...steps].join('/'),
        );

        expect(`${located}/`.startsWith(`${inside}/`) || located === 'refused').toBe(
          true,
        );
      }),
    );
  });

  it('knows volumes by name in whatever case', () => {
    expect(volumes.locate('/Volumes/Main/Lake/Staging/f')).toBe(
      path.join(root, 'main', 'lake', 'staging', 'f'),
    );
  });

  it('makes a volume once, unless told that it may exist', () => {
    expect(() => volumes.create(['main', 'lake', 'staging'], false)).toThrow(
      'VOLUME_ALREADY_EXISTS',
    );
    expect(() => volumes.create(['main', 'lake', 'staging'], true)).not.toThrow();
  });

  function locateOrRefuse(volumePath: string): string {
    try {
      return volumes.locate(volumePath);
    } catch {
      return 'refused';
    }
  }
});
