// Forward proxies on the way to the plant: tinyproxy and squid, with and without accounts,
// in plain text and over TLS, by the settings and by the environment; and everything they
// refuse, which must never look like a refusal of PI.
const assert = require('node:assert/strict');
const {execFileSync} = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const {proxyTools, startSquid, startTinyproxy} = require('./proxy/forward-proxies.cjs');
const {Fronts} = require('./tls/fronts.cjs');
const {
  configFor,
  keepsSecret,
  namesNoFile,
  readsNothing,
  readsWhole,
  refuses,
  says,
} = require('./tls/outcome.cjs');

const ACCOUNT = {username: 'plant-proxy', password: 'T1ny.pr0xy-w0rd'};
/** Characters that an address of a proxy must have encoded. */
const AWKWARD = {username: 'plänt@proxy', password: 'w0rd: of/a€ "pr%xy"+?#'};

/** Set by `open`. */
const stand = {};

async function open(ground) {
  const folder = path.join(ground.folder, 'authority');
  const phrase = path.join(ground.folder, 'passphrase');
  fs.writeFileSync(phrase, 'not used here');
  execFileSync(path.join(__dirname, 'tls/authority.sh'), [folder, phrase]);
  const certificate = path.join(folder, 'server');
  const fronts = new Fronts(ground.simulator);
  const secure = await fronts.secure(certificate);
  const pem = (name) => fs.readFileSync(path.join(folder, name), 'utf8');
  const demand = {requestCert: true, rejectUnauthorized: true, ca: pem('root.pem')};
  const mutual = await fronts.secure(certificate, demand);
  Object.assign(stand, {
    fronts,
    pi: `https://localhost:${secure}`,
    mutualPi: `https://localhost:${mutual}`,
    own: {
      ...{
        format: 'pem',
        certificate: pem('client.pem'),
        private_key: pem('client.key'),
      },
    },
    plainPi: new URL(ground.simulator).origin.replace('127.0.0.1', 'localhost'),
    trust: {ca_certificate: pem('root.pem')},
    silent: `http://127.0.0.1:${await fronts.raw()}`,
    web: `http://127.0.0.1:${await fronts.plain()}`,
  });
  const tools = proxyTools(ground.work);
  const ports = [secure, mutual, new URL(stand.plainPi).port, 1];
  const tiny = {folder: ground.folder, ports};
  stand.open = await startTinyproxy(tools, tiny);
  stand.tiny = await startTinyproxy(tools, {...tiny, account: ACCOUNT});
  stand.squid = await startSquid(tools, {ports, account: AWKWARD, certificate});
}

async function close() {
  await Promise.all(
    [stand.open, stand.tiny, stand.squid].map((proxy) => proxy?.stop()),
  );
  await stand.fronts?.close();
}

const secretsOf = ({username, password}) => [
  password,
  Buffer.from(`${username}:${password}`).toString('base64'),
];
const HIDDEN = [...secretsOf(ACCOUNT), ...secretsOf(AWKWARD)];

/** The environment's form of a proxy and its account. */
function addressOf(url, {username, password}) {
  return url.replace(
    '://',
    `://${encodeURIComponent(username)}:${encodeURIComponent(password)}@`,
  );
}

/** Ways through: which proxy, set where, and the one that must have been asked. */
const WAYS = [
  {
    title: 'tinyproxy, to anyone',
    proxy: () => ({url: stand.open.url}),
    asked: () => stand.open,
  },
  {
    title: 'tinyproxy, with an account',
    proxy: () => ({url: stand.tiny.url, ...ACCOUNT}),
    asked: () => stand.tiny,
  },
  {
    title: 'tinyproxy, to a plant in plain HTTP',
    base: () => stand.plainPi,
    proxy: () => ({url: stand.tiny.url, ...ACCOUNT}),
    asked: () => stand.tiny,
  },
  {
    title: 'squid, with an account of awkward characters',
    proxy: () => ({url: stand.squid.url, ...AWKWARD}),
    asked: () => stand.squid,
  },
  {
    title: 'squid over TLS',
    proxy: () => ({url: stand.squid.secureUrl, ...AWKWARD}),
    asked: () => stand.squid,
  },
  {
    title: 'squid, to a plant that demands a client certificate',
    base: () => stand.mutualPi,
    network: () => ({client_certificate: stand.own}),
    proxy: () => ({url: stand.squid.url, ...AWKWARD}),
    asked: () => stand.squid,
  },
  {
    title: 'HTTPS_PROXY with an account',
    env: () => ({HTTPS_PROXY: addressOf(stand.squid.url, AWKWARD)}),
    asked: () => stand.squid,
  },
  {
    title: 'HTTP_PROXY for plain HTTP',
    base: () => stand.plainPi,
    env: () => ({HTTP_PROXY: addressOf(stand.tiny.url, ACCOUNT)}),
    asked: () => stand.tiny,
  },
  {
    title: 'https_proxy in lower case, before the other',
    env: () => ({https_proxy: stand.open.url, HTTPS_PROXY: 'http://127.0.0.1:1'}),
    asked: () => stand.open,
  },
  {
    title: 'the settings, before the environment',
    proxy: () => ({url: stand.open.url}),
    env: () => ({HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: '*'}),
    asked: () => stand.open,
  },
  {
    title: 'no proxy, by an exception of the settings',
    proxy: () => ({url: 'http://127.0.0.1:1', exceptions: ['localhost']}),
  },
  {
    title: 'no proxy, by NO_PROXY',
    env: () => ({HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: 'other.test,localhost'}),
  },
];

/** What a proxy has against us, or against the plant behind it. */
const FAULTS = [
  {
    title: 'a wrong password (tinyproxy)',
    proxy: () => ({url: stand.tiny.url, ...ACCOUNT, password: 'wr0ng-pr0xy-w0rd'}),
    expected: /The proxy 127\.0\.0\.1:\d+ refused its user or password.*not of PI/s,
  },
  {
    title: 'a wrong password (squid)',
    proxy: () => ({url: stand.squid.url, ...AWKWARD, password: 'wr0ng-pr0xy-w0rd'}),
    expected: /refused its user or password/,
  },
  {
    title: 'a wrong password in the environment',
    env: () => ({
      HTTPS_PROXY: addressOf(stand.squid.url, {
        ...AWKWARD,
        password: 'wr0ng-pr0xy-w0rd',
      }),
    }),
    expected: /refused its user or password/,
  },
  {
    title: 'no password (tinyproxy)',
    proxy: () => ({url: stand.tiny.url}),
    expected: /asks who we are\. Enter proxy user/,
  },
  {
    title: 'no password (squid)',
    proxy: () => ({url: stand.squid.url}),
    expected: /asks who we are/,
  },
  {
    title: 'a port that is not allowed (tinyproxy)',
    base: () => 'https://localhost:2',
    proxy: () => ({url: stand.tiny.url, ...ACCOUNT}),
    expected: /does not let us through to localhost:2.*allow CONNECT/s,
  },
  {
    title: 'a port that is not allowed (squid)',
    base: () => 'https://localhost:2',
    proxy: () => ({url: stand.squid.url, ...AWKWARD}),
    expected: /does not let us through/,
  },
  {
    title: 'a plant that the proxy does not know (tinyproxy)',
    base: () => 'https://pi.plant.invalid:1',
    proxy: () => ({url: stand.tiny.url, ...ACCOUNT}),
    expected: /could not reach pi\.plant\.invalid:1: the name is unknown to it/,
  },
  {
    title: 'a plant that the proxy does not know (squid)',
    base: () => 'https://pi.plant.invalid:1',
    proxy: () => ({url: stand.squid.url, ...AWKWARD}),
    expected: /could not reach pi\.plant\.invalid:1/,
  },
  {
    title: 'a plant that is down behind the proxy',
    base: () => 'https://localhost:1',
    proxy: () => ({url: stand.squid.url, ...AWKWARD}),
    expected: /could not reach localhost:1/,
  },
  {
    title: 'a proxy that is down',
    proxy: () => ({url: 'http://127.0.0.1:1', ...AWKWARD}),
    expected: /The proxy 127\.0\.0\.1:1 cannot be reached/,
  },
  {
    title: 'a proxy that nobody knows',
    proxy: () => ({url: 'http://proxy.plant.invalid:3128', ...AWKWARD}),
    expected: /name of the proxy proxy\.plant\.invalid:3128 is not known/,
  },
  {
    title: 'a proxy that accepts and stays silent',
    proxy: () => ({url: stand.silent, ...AWKWARD}),
    network: () => ({connect_timeout_seconds: 1}),
    expected: /did not open the way to localhost:\d+ in time/,
  },
  {
    title: 'a web server where the proxy should be',
    proxy: () => ({url: stand.web, ...AWKWARD}),
    expected: /The proxy 127\.0\.0\.1:\d+ closed the connection before|is no proxy/,
  },
  {
    title: 'a proxy in plain text that is called by https://',
    proxy: () => ({url: stand.squid.url.replace('http:', 'https:')}),
    expected: /shows a TLS certificate that is not trusted here, or speaks no TLS/,
  },
  {
    title: 'a proxy over TLS by an authority that is not known',
    proxy: () => ({url: stand.squid.secureUrl, ...AWKWARD}),
    network: () => ({ca_certificate: ''}),
    expected: /shows a TLS certificate that is not trusted here/,
  },
  {
    title: 'a plant behind the proxy, by an authority that is not known',
    proxy: () => ({url: stand.squid.url, ...AWKWARD}),
    network: () => ({ca_certificate: ''}),
    expected:
      /certificate of localhost:\d+ is signed by an authority.*"CN=Plant Root"/s,
  },
  {
    title: 'an environment variable that holds no address',
    env: () => ({HTTPS_PROXY: `socks5://plant:${ACCOUNT.password}@proxy.test:1080`}),
    expected: /environment variable HTTPS_PROXY holds no address of a proxy/,
  },
];

function settings(
  ground,
  {base = () => stand.pi, proxy = () => ({}), network = () => ({})},
) {
  return configFor(ground, base(), {...stand.trust, ...network(), proxy: proxy()});
}

const checks = [
  ...WAYS.map((way) => ({
    title: `through ${way.title}`,
    run: async (ground) => {
      const config = settings(ground, way);
      const given = {env: way.env?.(), hidden: HIDDEN};
      const before = countOf(way);
      await says(ground, config, {...given, expected: 'SUCCEEDED'});
      const remark = await readsWhole(ground, config, given);
      const used = countOf(way) - before;
      assert.ok(way.asked === undefined || used >= 2, `${used} ways were asked for`);
      return `${remark}, ${used} times CONNECT`;
    },
  })),
  ...FAULTS.map((fault) => ({
    title: fault.title,
    run: async (ground) => {
      const hidden = [...HIDDEN, 'wr0ng-pr0xy-w0rd'];
      const {expected} = fault;
      const given = {expected, env: fault.env?.(), hidden};
      return await says(ground, settings(ground, fault), given);
    },
  })),
  {
    title: 'a sign-in that PI refuses behind a proxy is told as PI’s',
    run: async (ground) => {
      const plant = await ground.startPlant();
      const front = new Fronts(plant);
      try {
        const port = await front.plain();
        const proxy = await startTinyproxy(proxyTools(ground.work), {
          ...{folder: ground.folder, ports: [port]},
        });
        const wrong = {auth_type: 'basic', username: 'u', password: 'wr0ng-pi-w0rd'};
        const base = `http://localhost:${port}/piwebapi`;
        const network = {proxy: {url: proxy.url}};
        const config = ground.configOf(base, wrong, {network});
        const expected = /PI Web API refused the sign-in/;
        try {
          return await says(ground, config, {expected, hidden: ['wr0ng-pi-w0rd']});
        } finally {
          await proxy.stop();
        }
      } finally {
        await front.close();
      }
    },
  },
  {
    title: 'a sync that the proxy refuses fails as a matter of settings',
    run: async (ground) => {
      const refused = {url: stand.squid.url, ...AWKWARD, password: 'wr0ng-pr0xy-w0rd'};
      const config = settings(ground, {proxy: () => refused});
      const ended = await readsNothing(ground, config);
      keepsSecret(ended, [...HIDDEN, 'wr0ng-pr0xy-w0rd']);
      const traces = ended.messages.filter(({type}) => type === 'TRACE');
      const errors = traces.flatMap(({trace}) => trace.error ?? []);
      assert.equal(ended.exit, 1);
      assert.ok(errors.length > 0);
      for (const {failure_type: failureType, message} of errors) {
        assert.equal(failureType, 'config_error', message);
        assert.match(
          message,
          /refused its user or password|were not read to their end/,
        );
      }
      return errors[0].message;
    },
  },
  {
    title: 'the form refuses a password without a user',
    run: async (ground) => {
      const {password} = AWKWARD;
      const config = settings(ground, {proxy: () => ({url: stand.silent, password})});
      const expected = /Without the proxy user this has no effect/;
      await refuses(ground, config, {expected, hidden: HIDDEN});
    },
  },
  {
    title: 'the form refuses an account inside the address',
    run: async (ground) => {
      const config = settings(ground, {
        proxy: () => ({url: addressOf(stand.silent, AWKWARD)}),
      });
      const expected = /these have fields of their own/;
      await refuses(ground, config, {expected, hidden: HIDDEN});
    },
  },
  {
    title: 'the list of processes and the names of files hold no secret',
    run: async (ground) => {
      let line = '';
      const config = settings(ground, {
        proxy: () => ({url: stand.squid.url, ...AWKWARD}),
      });
      const ended = await ground.sourcePi(['check'], {
        config,
        whileRunning: (child) => {
          line = fs.readFileSync(`/proc/${child.pid}/cmdline`, 'utf8');
        },
      });
      assert.match(line, /source-pi/);
      keepsSecret({stdout: line, stderr: ended.stderr}, HIDDEN);
      namesNoFile(ground.folder, HIDDEN);
    },
  },
];

const countOf = ({asked}) => asked?.().ways() ?? 0;

module.exports = {open, close, checks};
