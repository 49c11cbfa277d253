import {ConfigError} from 'airbyte-cdk-ts';
import fc from 'fast-check';

import {proxyFor, proxySecrets, type Environment} from './proxy-rules';

const PI = 'https://pi.plant.example/piwebapi';
const SET = {url: 'http://proxy.test:3128', exceptions: []};

describe('proxyFor', () => {
  it('goes straight where nothing is set', () => {
    expect(proxyFor(PI, {exceptions: []}, {})).toBeUndefined();
  });

  it('goes by the proxy of the settings, whatever the environment says', () => {
    const rules = {...SET, username: 'u', password: 'p'};
    const environment = {HTTPS_PROXY: 'http://other.test', NO_PROXY: '*'};

    expect(proxyFor(PI, rules, environment)).toEqual({
      url: 'http://proxy.test:3128',
      username: 'u',
      password: 'p',
    });
  });

  it.each<[string, Environment, string | undefined]>([
    [PI, {HTTPS_PROXY: 'http://a:1'}, 'http://a:1'],
    [PI, {https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:2'}, 'http://a:1'],
    [PI, {https_proxy: '', HTTPS_PROXY: 'http://b:2'}, undefined],
    [PI, {HTTPS_PROXY: 'a.test:3128'}, 'http://a.test:3128'],
    [PI, {HTTPS_PROXY: 'https://a.test:3129/'}, 'https://a.test:3129'],
    [PI, {HTTP_PROXY: 'http://a:1'}, undefined],
    ['http://pi/piwebapi', {HTTP_PROXY: 'http://a:1'}, 'http://a:1'],
    ['http://pi/piwebapi', {HTTPS_PROXY: 'http://a:1'}, undefined],
    [PI, {HTTPS_PROXY: 'http://a:1', NO_PROXY: 'x.test, .plant.example'}, undefined],
    [PI, {HTTPS_PROXY: 'http://a:1', no_proxy: '*'}, undefined],
    ['https://127.0.0.1/pi', {HTTPS_PROXY: 'http://a:1'}, 'http://a:1'],
  ])('asks the environment: %s with %j', (url, environment, proxy) => {
    expect(proxyFor(url, {exceptions: []}, environment)?.url).toBe(proxy);
  });

  it('takes user and password out of the environment’s address', () => {
    const environment = {HTTPS_PROXY: 'http://pl%40nt:w%C3%B6rd%3A%2F@a.test:1'};

    expect(proxyFor(PI, {exceptions: []}, environment)).toEqual({
      url: 'http://a.test:1',
      username: 'pl@nt',
      password: 'wörd:/',
    });
  });

  it.each(['socks5://word:secret@a:1', 'http://word:secret@:80:80', '::'])(
    'refuses what is no address of a proxy, without showing it: %s',
    (text) => {
      const asking = (): unknown => proxyFor(PI, {exceptions: []}, {HTTPS_PROXY: text});

      expect(asking).toThrow(ConfigError);
      expect(asking).not.toThrow(/secret/);
    },
  );

  it.each([
    ['pi.plant.example', PI, true],
    ['PI.Plant.Example.', PI, true],
    ['plant.example', PI, true],
    ['lant.example', PI, false],
    ['.plant.example', PI, true],
    ['*.plant.example', PI, true],
    ['.plant.example', 'https://plant.example/', false],
    ['pi.plant.example:443', PI, true],
    ['pi.plant.example:8443', PI, false],
    ['*', PI, true],
    ['*:443', PI, true],
    ['', PI, false],
    ['::1', 'https://[::1]:8443/', true],
    ['[::1]', 'https://[0:0:0:0:0:0:0:1]/', true],
    ['[::1]:8443', 'https://[::1]:8443/', true],
    ['[::1]:8443', 'https://[::1]/', false],
    ['::2', 'https://[::1]/', false],
    ['fd00::/8', 'https://[fd12::9]/', true],
    ['10.0.0.0/8', 'https://10.1.2.3/', true],
    ['10.0.0.0/8', 'https://11.1.2.3/', false],
    ['10.0.0.0/99', 'https://10.0.0.0/', false],
    ['10.0.0.0/', 'https://10.9.9.9/', false],
    ['10.1.2.3', 'https://10.1.2.3/', true],
    ['1.2.3', 'https://10.1.2.3/', false],
    ['.2.3', 'https://10.1.2.3/', false],
  ])('knows whether %s is an exception for %s', (entry, url, isExcepted) => {
    const straight = proxyFor(url, {...SET, exceptions: [entry]}, {}) === undefined;

    expect(straight).toBe(isExcepted);
  });

  it('goes past the proxy only by an exception, and wherever it is written', () => {
    fc.assert(
      fc.property(fc.webUrl(), fc.array(fc.string()), fc.webUrl(), (...given) => {
        const [url, entries, proxy] = given;
        const {origin} = new URL(proxy);
        const exceptions = entries.filter((entry) => !entry.includes('*'));
        const {hostname} = new URL(url);

        expect(proxyFor(url, {url: origin, exceptions: []}, {})?.url).toBe(origin);
        const excepted = [...exceptions, hostname];
        expect(proxyFor(url, {url: origin, exceptions: excepted}, {})).toBeUndefined();
        const noProxy = exceptions.filter((entry) => !/[\s,]/.test(entry));
        const environment = {
          ...{HTTPS_PROXY: origin, HTTP_PROXY: origin},
          NO_PROXY: [...noProxy, hostname].join(','),
        };
        expect(proxyFor(url, {exceptions: []}, environment)).toBeUndefined();
      }),
      {seed: 1},
    );
  });

  it('reads back any user and password that was encoded into an address', () => {
    const text = fc.string({unit: 'grapheme', minLength: 1});
    fc.assert(
      fc.property(text, text, (username, password) => {
        const encoded = `${encodeURIComponent(username)}:${encodeURIComponent(password)}`;
        const environment = {HTTPS_PROXY: `http://${encoded}@a.test:1`};

        expect(proxyFor(PI, {exceptions: []}, environment)).toMatchObject({
          username,
          password,
        });
      }),
      {seed: 1},
    );
  });
});

describe('proxySecrets', () => {
  it('names the password and the form in which it is sent', () => {
    const proxy = {url: 'http://a:1', username: 'u', password: 'word'};

    expect(proxySecrets(proxy)).toEqual([
      'word',
      Buffer.from('u:word').toString('base64'),
    ]);
    expect(proxySecrets({url: 'http://a:1'})).toEqual([]);
    expect(proxySecrets(undefined)).toEqual([]);
  });
});
