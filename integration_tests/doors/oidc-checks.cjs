// OpenID Connect on real parts: oidc-provider issues and judges the tokens, a gate lets in
// by its judgement alone, and the simulator is the plant behind.
const assert = require('node:assert/strict');

const {
  OIDC_FAILURES,
} = require('../../sources/pi/lib/transport/sign-in/oidc-failures.js');
const {SECRET, startGate, startProvider} = require('./oidc/parts.cjs');
const {digest, session, truth} = require('./oidc/session.cjs');

/** Tokens that a sync outlives, and tokens of a usual kind. */
const SHORT_SECONDS = 10;
const LONG_SECONDS = 600;

const stand = {};

async function open(ground) {
  stand.provider = await startProvider(ground.work, {seconds: LONG_SECONDS});
  stand.plant = ground.simulator;
  stand.gate = await startGate(stand.provider, ground.simulator);
  stand.way = session(ground, stand.gate.url);
  stand.shortProvider = await startProvider(ground.work, {seconds: SHORT_SECONDS});
  stand.shortGate = await startGate(stand.shortProvider, ground.simulator);
  stand.shortWay = session(ground, stand.shortGate.url);
  stand.truth = await truth(ground);
}

async function close() {
  await stand.gate?.stop();
  await stand.shortGate?.stop();
  await stand.provider?.stop();
  await stand.shortProvider?.stop();
}

function credentials(more = {}, provider = stand.provider) {
  return {
    ...{auth_type: 'oidc', client_id: 'source-pi', client_secret: SECRET},
    ...{scope: 'system', token_url: `${provider.issuer}/token`},
    ...more,
  };
}

/** Ways to a token that must lead to the plant. */
const WAYS = {
  'the secret in the header': () => credentials(),
  'the secret in the body': () =>
    credentials({client_id: 'source-pi-body', client_authentication: 'body'}),
  'the address that the issuer publishes': () =>
    credentials({token_url: undefined, issuer_url: stand.provider.issuer}),
  'an audience': () => credentials({audience: 'https://pi.plant.example/piwebapi'}),
};

const ways = Object.entries(WAYS).map(([title, way]) => ({
  title: `lets in with ${title}`,
  run: () => stand.way.letsIn(way()),
}));

const rowOf = (id) => OIDC_FAILURES.find((row) => row.id === id);

/** Ways that must not, with what is said: the row, and who said it. */
const FAILURES = [
  ['a wrong secret', {client_secret: 'wr0ng-secret'}, 'OIDC_CLIENT_REFUSED'],
  ['an unknown client', {client_id: 'nobody'}, 'OIDC_CLIENT_REFUSED'],
  ['a client of another grant', {client_id: 'source-pi-page'}, 'OIDC_REQUEST_REFUSED'],
  ['a scope that is not granted', {scope: 'system more'}, 'OIDC_SCOPE_NOT_GRANTED'],
  [
    'a scope that is not allowed',
    {client_id: 'source-pi-narrow'},
    'OIDC_SCOPE_REFUSED',
  ],
  ['a foreign audience', {audience: 'https://other.example/'}, 'OIDC_AUDIENCE_REFUSED'],
  ['a wrong address', {token_url: '/nothing-here'}, 'OIDC_ADDRESS_WRONG'],
  ['an issuer that publishes nothing', {issuer_url: '/none'}, 'OIDC_NO_DISCOVERY'],
];

const failures = FAILURES.map(([title, more, id]) => ({
  title: `names ${title}`,
  run: () => {
    const {issuer} = stand.provider;
    const addresses = Object.fromEntries(
      Object.entries(more)
        .filter(([name]) => name.endsWith('_url'))
        .map(([name, value]) => [name, `${issuer}${value}`]),
    );
    const own = addresses.issuer_url ? {token_url: undefined} : {};
    return stand.way.refuses(credentials({...more, ...own, ...addresses}), {
      row: rowOf(id),
      says: new URL(issuer).host,
    });
  },
}));

/** PI Web API tells where tokens are issued: in clear text it may only name itself. */
const published = [
  {
    title: 'lets in with the address that PI Web API publishes',
    run: async () => {
      const gate = await startGate(stand.provider, stand.plant, {relaysTokens: true});
      try {
        await stand.way.letsIn(credentials({token_url: undefined}), gate.url);
      } finally {
        gate.stop();
      }
    },
  },
  {
    title: 'sends no secret where clear text names another server',
    run: () =>
      stand.way.refuses(credentials({token_url: undefined}), {
        row: rowOf('OIDC_TOKEN_ADDRESS_UNSAFE'),
      }),
  },
];

function isRunning({exitCode, signalCode}) {
  return exitCode === null && signalCode === null;
}

module.exports = {
  open,
  close,
  checks: [
    ...ways,
    ...published,
    ...failures,
    {
      title: 'names a provider that is not there',
      run: () =>
        stand.way.refuses(credentials({token_url: 'http://127.0.0.1:9/token'}), {
          row: rowOf('OIDC_PROVIDER_UNREACHABLE'),
          says: '127.0.0.1:9',
        }),
    },
    {
      title: `outlives tokens of ${SHORT_SECONDS} s, and brings what is there`,
      run: async () => {
        const {shortProvider: provider, shortGate: gate, shortWay: way} = stand;
        const before = await provider.issued();
        const startedMs = Date.now();
        const ended = await way.read(credentials({}, provider), {
          load: {max_requests_per_second: 2},
        });
        const seconds = Math.round((Date.now() - startedMs) / 1000);
        const issued = (await provider.issued()) - before;
        assert.deepEqual(digest(ended), stand.truth);
        assert.ok(issued >= 4, `${issued} tokens in ${seconds} s`);
        assert.equal(gate.seen.refused, 0);
        return `${stand.truth.records} records, ${issued} tokens in ${seconds} s, none refused`;
      },
    },
    {
      title: 'exchanges a token that was taken back in the middle of a sync, once',
      run: async () => {
        const {provider, gate, way} = stand;
        const before = await provider.issued();
        const known = new Set(gate.seen.accepted);
        const refused = gate.seen.refused;
        const takenBack = {};
        const ended = await way.read(credentials(), {
          load: {max_requests_per_second: 10},
          whileRunning: async (child) => {
            while (isRunning(child) && !takenBack.token) {
              await new Promise((resolve) => setTimeout(resolve, 100));
              takenBack.token = [...gate.seen.accepted].find(
                (token) => !known.has(token),
              );
            }
            await provider.revoke(takenBack.token);
          },
        });
        assert.deepEqual(digest(ended), stand.truth);
        assert.ok(gate.seen.refused > refused, 'no request met the taken token');
        assert.equal((await provider.issued()) - before, 2);
        return `${gate.seen.refused - refused} requests sent again`;
      },
    },
    {
      title: 'prints no secret and no token',
      run: () => {
        const printed = stand.way.printed() + stand.shortWay.printed();
        const form = new URLSearchParams([['', SECRET]]).toString().slice(1);
        const proof = Buffer.from(`source-pi:${form}`).toString('base64');
        const hidden = [SECRET, form, encodeURIComponent(SECRET), 'wr0ng-secret', proof]
          .concat(JSON.stringify(SECRET).slice(1, -1))
          .concat(Buffer.from(SECRET).toString('base64').replace(/=+$/, ''))
          .concat(...stand.gate.seen.accepted, ...stand.shortGate.seen.accepted);
        assert.deepEqual(
          hidden.filter((secret) => printed.includes(secret)),
          [],
        );
        return `${hidden.length} secrets in ${printed.length} characters`;
      },
    },
  ],
};
