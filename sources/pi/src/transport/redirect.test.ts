import fc from 'fast-check';

import type {HttpAnswer} from './http';
import {redirectedPath} from './redirect';

const BASE = 'https://pi.test/piwebapi';

describe('redirectedPath', () => {
  it.each([
    ['https://pi.test/piwebapi/points/', 'points/'],
    ['https://PI.test:443/piwebapi/points?a=b#c', 'points?a=b'],
    ['/piwebapi/points', 'points'],
    ['userinfo', 'system/userinfo'],
    ['../points', 'points'],
  ])('stays below the base URL with %s', (location, path) => {
    expect(redirectedPath(BASE, 'system/user', to(location))).toBe(path);
  });

  it.each([
    'https://evil.test/piwebapi/points',
    'http://pi.test/piwebapi/points',
    'https://pi.test:8443/piwebapi/points',
    '//evil.test/piwebapi/points',
    'https://user:word@pi.test/piwebapi/points',
    '/login',
    '/piwebapi',
    '/piwebapi-other/points',
    '/piwebapi/../login',
    '/piwebapi/%2e%2e/login',
    '../../login',
    'file:///etc/passwd',
    'https://',
  ])('goes nowhere with %s', (location) => {
    expect(redirectedPath(BASE, 'system/user', to(location))).toBeUndefined();
  });

  it.each([200, 201, 300, 303, 304, 401])('sees no redirect in a %d', (status) => {
    expect(redirectedPath(BASE, 'a', to('/piwebapi/b', status))).toBeUndefined();
  });

  it('never leads to another origin or above the base URL', () => {
    const part = fc.constantFrom(
      ...['/', '//', '..', 'piwebapi', 'x', '\\', ':', '@', '?', '#', '%2f', 'https:'],
      ...['pi.test', 'evil.test', '%2e%2e', '.', '\t', ' '],
    );
    const locations = fc.array(part, {maxLength: 8}).map((parts) => parts.join(''));
    fc.assert(
      fc.property(locations, (location) => {
        const path = redirectedPath(BASE, 'system/user', to(location));
        if (path === undefined) return;
        expect(new URL(`${BASE}/${path}`).href.startsWith(`${BASE}/`)).toBe(true);
      }),
      {seed: 1, numRuns: 2000},
    );
  });
});

function to(location: string, status = 302): HttpAnswer {
  return {status, headers: {location}, body: Buffer.alloc(0)};
}
