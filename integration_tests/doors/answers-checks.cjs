// What a check says where something else answers, or nothing does: rows of the diagnosis
// that no real part gives on demand. The servers are stand-ins; the way to them is real.
const assert = require('node:assert/strict');

const {findingIn} = require('./diagnosis.cjs');
const {
  Servers,
  asks,
  json,
  notCompressed,
  oldChallenge,
} = require('./answers/servers.cjs');

const ANYONE = {auth_type: 'anonymous'};
const BASIC = {auth_type: 'basic', username: 'PLANT\\svc', password: 'pa55word'};
const NTLM = {auth_type: 'ntlm', username: 'PLANT\\svc', password: 'pa55word'};
const CLIENT = {auth_type: 'oidc', client_id: 'airbyte', client_secret: 's3cret'};
/** A network of its own in which nothing is reached. */
const CUT_OFF = ['unshare', '--net'];
/** No time is lost where there is nothing to wait for. */
const SHORT = {connect_timeout_seconds: 1, request_timeout_seconds: 5};

/** A token, and PI Web API that wants none of that kind. */
const TOKEN = {access_token: 'a-token', token_type: 'Bearer', expires_in: 60};

const base = (origin) => `${origin}/piwebapi`;

/** `[row, what is checked]`; what is left out of it is as for a user who sets nothing. */
const WAY = [
  [
    'NAME_SERVER_SILENT',
    () => ({url: 'http://pi.plant.example/piwebapi', through: CUT_OFF}),
  ],
  ['NO_ROUTE', () => ({url: 'http://192.0.2.1/piwebapi', through: CUT_OFF})],
  ['CONNECT_TIMEOUT', async ({servers}) => ({url: base(await servers.full())})],
  [
    'PROXY_NO_PROXY',
    async ({servers}) => {
      const url = await servers.saying(
        'HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n',
      );
      return {url: 'https://pi.plant.example/piwebapi', network: {proxy: {url}}};
    },
  ],
  ['READ_TIMEOUT', async ({servers}) => ({url: base(await servers.saying(''))})],
  [
    'ANSWER_CUT',
    async ({servers}) => {
      const cut =
        'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"';
      return {url: base(await servers.saying(cut, {ends: true}))};
    },
  ],
  [
    'NO_HTTP',
    async ({servers}) => ({url: base(await servers.saying('SSH-2.0-OpenSSH_9.6\r\n'))}),
  ],
  [
    'CONNECTION_FAILED',
    async ({servers}) => {
      const compressed = {
        'Content-Encoding': 'gzip',
        'Content-Type': 'application/json',
      };
      return {
        url: base(await servers.answering(() => [200, compressed, notCompressed()])),
      };
    },
  ],
];

/** The answer of a provider of OpenID, and the row. */
const PROVIDER = [
  ['OIDC_PROVIDER_FAILED', [503]],
  ['OIDC_GRANT_NOT_ALLOWED', [400, {}, '{"error": "unauthorized_client"}']],
  ['OIDC_REDIRECTED', [302, {Location: 'https://sso.plant.example/'}]],
  ['OIDC_NOT_JSON', [200, {'Content-Type': 'text/html'}, '<html>Sign in</html>']],
  ['OIDC_NO_ACCESS_TOKEN', json({token_type: 'Bearer'})],
  ['OIDC_TOKEN_TYPE', json({...TOKEN, token_type: 'mac'})],
].map(([row, answer]) => [
  row,
  async ({servers, plant}) => {
    const token_url = `${await servers.answering(() => answer)}/token`;
    return {url: plant, credentials: {...CLIENT, token_url}};
  },
]);

const SIGN_IN = [
  ...PROVIDER,
  [
    'OIDC_NO_TOKEN_ADDRESS',
    async ({servers, plant}) => {
      const issuer_url = await servers.answering(() => json({issuer: 'plant'}));
      return {url: plant, credentials: {...CLIENT, issuer_url}};
    },
  ],
  [
    'OIDC_PROVIDER_NOT_TRUSTED',
    async ({servers, plant}) => {
      const plain = await servers.answering(() => json(TOKEN));
      const token_url = `${plain.replace('http:', 'https:')}/token`;
      return {url: plant, credentials: {...CLIENT, token_url}};
    },
  ],
  ...[
    [
      'OIDC_TOKEN_REFUSED',
      'Bearer error="invalid_token", error_description="unknown issuer"',
    ],
    ['OIDC_BEARER_NOT_OFFERED', 'Negotiate, NTLM'],
  ].map(([row, scheme]) => [
    row,
    async ({servers}) => {
      const token_url = `${await servers.answering(() => json(TOKEN))}/token`;
      const pi = await servers.answering(() => asks(scheme));
      return {url: base(pi), credentials: {...CLIENT, token_url}};
    },
  ]),
  ...[
    ['NTLM_CHALLENGE_UNREADABLE', 'AAAA'],
    ['NTLM_TOO_OLD', oldChallenge()],
  ].map(([row, challenge]) => [
    row,
    async ({servers}) => {
      const pi = await servers.answering(() => asks(`NTLM ${challenge}`));
      return {url: base(pi), credentials: NTLM};
    },
  ]),
  [
    'NTLM_ACCOUNT_NAME',
    async ({servers}) => ({
      url: base(await servers.answering(() => asks('NTLM'))),
      credentials: {...NTLM, username: 'PLANT\\straße'},
    }),
  ],
  [
    'SIGN_IN_NOT_OFFERED',
    async ({servers}) => ({
      url: base(await servers.answering(() => asks('Negotiate'))),
      credentials: BASIC,
    }),
  ],
  [
    'ANONYMOUS_REFUSED',
    async ({servers}) => ({url: base(await servers.answering(() => asks('Basic')))}),
  ],
  [
    'ADDRESS_NOT_PI',
    async ({servers}) => ({url: base(await servers.answering(() => [404]))}),
  ],
];

const DENIED = [403, {'Content-Type': 'application/json'}, '{"Errors": ["Denied."]}'];

const RIGHTS = [
  ['RIGHTS_DATA_SERVER', {path: /\/dataservers/, answer: DENIED}],
  ['RIGHTS_POINTS', {path: /\/points/, answer: json({Links: {}, Items: []})}],
  [
    'RIGHTS_ASSETS',
    {path: /\/asset/, answer: DENIED, selection: {asset_databases: ['Plant']}},
  ],
  ['RIGHTS_BATCH', {path: /\/batch$/, answer: [405]}],
  [
    'BATCH_ADDRESS',
    {path: /\/batch$/, answer: json({ask: {Status: 404, Content: {}}})},
  ],
  [
    'SELECTION_EMPTY',
    {path: /^$/, answer: [], selection: {points: ['no such point*']}},
  ],
].map(([row, {path, answer, selection = {}}]) => [
  row,
  async ({servers}) => {
    const pi = await servers.answering(({url}) =>
      path.test(url.split('?')[0]) ? answer : undefined,
    );
    return {url: base(pi), selection};
  },
]);

let servers;

async function open(ground) {
  servers = new Servers(ground.simulator);
}

async function close() {
  await servers?.close();
}

async function tells(ground, row, make) {
  const given = await make({servers, plant: ground.simulator});
  const {url, credentials = ANYONE, network = {}, selection = {}, through} = given;
  const config = ground.configOf(url, credentials, {
    network: {...SHORT, ...network},
    selection,
  });
  const ended = await ground.sourcePi(['check'], {config, through});
  const {connectionStatus} =
    ended.messages.find(({connectionStatus: each}) => each) ?? {};
  assert.equal(connectionStatus?.status, 'FAILED', ended.stdout + ended.stderr);
  assert.equal(findingIn(connectionStatus.message)?.id, row, connectionStatus.message);
  return connectionStatus.message;
}

const checks = [...WAY, ...SIGN_IN, ...RIGHTS].map(([row, make]) => ({
  title: `${row} is told`,
  run: (ground) => tells(ground, row, make),
}));

module.exports = {checks, open, close};
