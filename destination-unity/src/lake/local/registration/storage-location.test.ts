import fc from 'fast-check';

import {isSameLocation, storageLocation} from './storage-location';

describe('isSameLocation', () => {
  it.each([
    ['file:///lake/main/pi/values', 'file:/lake/main/pi/values'],
    ['file:///lake/main/pi/values', 'file:///lake/main/pi/values/'],
    ['file:///lake/main/pi/values', '/lake/main/pi/values'],
    ['file:///lake/main/pi/values', 'file://localhost/lake/main/pi/values'],
    ['file:///lake/main/pi/values', 'file:///lake//main/./pi/values'],
    ['file:///a%20b', 'file:///a b'],
  ])('takes %s and %s for one folder', (a, b) => {
    expect(isSameLocation(a, b)).toBe(true);
  });

  it.each([
    ['file:///lake/main/pi/values', 'file:///lake/main/pi/values2'],
    ['file:///lake/main/pi/values', 'file:///lake/main/pi'],
    ['file:///lake/values', 's3://lake/values'],
    ['s3://lake/values', 's3://lake/values'],
    ['file:///lake/values', 'file://other/lake/values'],
    ['file:///lake/values', 'file:///lake/values%zz'],
    ['file:///lake/values', ''],
  ])('keeps %s and %s apart', (a, b) => {
    expect(isSameLocation(a, b)).toBe(false);
  });

  it('finds every folder again by its location, and no other by it', () => {
    const name = fc.string({minLength: 1, unit: 'binary'}).filter(isFolderName);
    fc.assert(
      fc.property(fc.array(name, {minLength: 1, maxLength: 4}), (names) => {
        const folder = `/${names.join('/')}`;
        const location = storageLocation(folder);

        expect(isSameLocation(location, storageLocation(`${folder}/`))).toBe(true);
        expect(isSameLocation(location, storageLocation(`${folder}x`))).toBe(false);
      }),
      {seed: 2},
    );
  });
});

function isFolderName(name: string): boolean {
  return !/[/\0]/.test(name) && name !== '.' && name !== '..' && isWhole(name);
}

/** Halves of characters are no names a file system could keep. */
function isWhole(name: string): boolean {
  return Buffer.from(name, 'utf8').toString('utf8') === name;
}
