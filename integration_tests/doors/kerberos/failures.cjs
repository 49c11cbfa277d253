// Each way in which Kerberos fails, provoked on real parts: what is set up, and the row of
// the table that must be told.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');

const {findingIn} = require('../diagnosis.cjs');
const {freePort} = require('./programs.cjs');
const {PASSWORD, base64, silentServer} = require('./stand.cjs');

/** Who is at fault: the account. `[row, account, how it is made]`, by password. */
const ACCOUNTS = [
  ['KERBEROS_UNKNOWN_PRINCIPAL', 'nobody', []],
  [
    'KERBEROS_WRONG_PASSWORD',
    'forgetful',
    [['addprinc', '-pw', 'another', 'forgetful']],
  ],
  [
    'KERBEROS_OTHER_SALT',
    'Renamed',
    [['addprinc', '-e', 'aes256-cts-hmac-sha1-96:norealm', '-pw', PASSWORD, 'Renamed']],
  ],
  [
    'KERBEROS_ACCOUNT_LOCKED',
    'locked',
    [
      ['addprinc', '-pw', PASSWORD, 'locked'],
      ['modprinc', '-allow_tix', 'locked'],
    ],
  ],
  [
    'KERBEROS_ACCOUNT_EXPIRED',
    'gone',
    [
      ['addprinc', '-pw', PASSWORD, 'gone'],
      ['modprinc', '-expire', '2020-01-01', 'gone'],
    ],
  ],
  [
    'KERBEROS_PASSWORD_EXPIRED',
    'stale',
    [
      ['addprinc', '-pw', PASSWORD, 'stale'],
      ['modprinc', '-pwexpire', '2020-01-01', 'stale'],
    ],
  ],
  [
    'KERBEROS_ENCRYPTION',
    'old',
    [['addprinc', '-e', 'aes128-cts-hmac-sha1-96:normal', '-pw', PASSWORD, 'old']],
  ],
];

/** Other causes; each makes a stage and says what to check there. */
const CAUSES = [
  [
    'KERBEROS_STALE_KEYTAB',
    ({realm, gate, credentials}) => {
      realm.admin('addprinc', '-pw', 'one', 'rekeyed');
      const keytab = base64(realm.keytabOf('rekeyed', 'rekeyed'));
      realm.admin('cpw', '-pw', 'two', 'rekeyed');
      return [
        gate.url('request'),
        credentials({principal: 'rekeyed@PLANT.EXAMPLE', keytab}),
      ];
    },
  ],
  [
    'KERBEROS_NOT_IN_KEYTAB',
    ({gate, credentials}) => [
      gate.url('request'),
      credentials({principal: 'another@PLANT.EXAMPLE'}),
    ],
  ],
  [
    'KERBEROS_KEYTAB_BROKEN',
    ({realm, gate, credentials}) => {
      const keytab = fs.readFileSync(realm.clientKeytab).subarray(0, -9);
      return [gate.url('request'), credentials({keytab: keytab.toString('base64')})];
    },
  ],
  [
    'KERBEROS_KEYTAB_EMPTY',
    ({gate, credentials}) => [gate.url('request'), credentials({keytab: 'BQI='})],
  ],
  [
    'KERBEROS_KEYTAB_UNREADABLE',
    ({gate, credentials}) => [
      gate.url('request'),
      credentials({keytab_path: '/nowhere/svc.keytab'}),
    ],
  ],
  [
    'KERBEROS_KDC_REFUSES',
    async ({gate, credentials}) => [
      gate.url('request'),
      credentials({kdcs: [`127.0.0.1:${await freePort()}`]}),
    ],
  ],
  [
    'KERBEROS_KDC_SILENT',
    async ({gate, credentials, later}) => {
      const silent = await silentServer();
      later(silent.close);
      return [gate.url('request'), credentials({kdcs: [silent.address]})];
    },
  ],
  [
    // Where no name server can be asked at all, that is what is told.
    ['KERBEROS_KDC_UNKNOWN', 'KERBEROS_KDC_UNREACHABLE'],
    ({gate, credentials}) => [
      gate.url('request'),
      credentials({kdcs: ['dc1.nowhere.invalid']}),
    ],
  ],
  [
    'KERBEROS_NO_KDC',
    ({gate, credentials}) => [gate.url('request'), credentials({kdcs: []})],
  ],
  [
    'KERBEROS_UNKNOWN_SERVICE',
    ({gate, credentials}) => [gate.url('request', '127.0.0.1'), credentials()],
  ],
  [
    'KERBEROS_FOREIGN_KEY',
    ({realm, gate, credentials}) => {
      realm.admin('addprinc', '-randkey', 'HTTP/other.plant.example');
      return [
        gate.url('request'),
        credentials({service_principal: 'HTTP/other.plant.example'}),
      ];
    },
  ],
  [
    'KERBEROS_REFUSED',
    async ({credentials, later}) => {
      const mute = await bareRefusal();
      later(mute.close);
      return [mute.url, credentials()];
    },
  ],
  [
    'KERBEROS_NOT_OFFERED',
    ({basicPlant, credentials}) => [
      basicPlant,
      credentials({service_principal: 'HTTP/localhost'}),
    ],
  ],
  [
    'KERBEROS_SERVICE_LOCKED',
    ({realm, gate, credentials}) => {
      const principal = 'HTTP/closed.plant.example';
      realm.admin('addprinc', '-randkey', principal);
      realm.admin('modprinc', '-expire', '2020-01-01', principal);
      return [gate.url('request'), credentials({service_principal: principal})];
    },
  ],
  [
    'KERBEROS_UNWELCOME',
    async ({startGate, basicPlant, credentials}) => {
      const gate = await startGate(basicPlant);
      return [gate.url('request'), credentials()];
    },
  ],
  [
    'KERBEROS_NO_PRIVATE_FOLDER',
    ({gate, credentials}) => {
      const closed = 'mount -t tmpfs -o ro none /dev/shm && exec "$@"';
      const through = ['unshare', '--mount', 'sh', '-c', closed, 'sh'];
      return [gate.url('request'), credentials(), {through, env: {TMPDIR: '/nowhere'}}];
    },
  ],
  ['KERBEROS_NO_PROOF', ({gate, credentials}) => [gate.url('mute'), credentials()]],
  [
    'KERBEROS_WRONG_PROOF',
    ({gate, credentials}) => [gate.url('forged'), credentials()],
  ],
  [
    'KERBEROS_LIBRARY_MISSING',
    ({gate, credentials, folder}) => {
      const libraries = path.join(folder, 'no-libraries');
      fs.mkdirSync(libraries, {recursive: true});
      fs.writeFileSync(path.join(libraries, 'libgssapi_krb5.so.2'), '');
      return [gate.url('request'), credentials(), {env: {LD_LIBRARY_PATH: libraries}}];
    },
  ],
];

/** Refuses as Windows does: without a reason. */
async function bareRefusal() {
  const server = http.createServer((_, response) => {
    response.writeHead(401, {'WWW-Authenticate': 'Negotiate'}).end();
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://localhost:${server.address().port}/piwebapi`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The clocks: `[row or undefined, KDC, web server]`, as offsets to ours. */
const CLOCKS = [
  [undefined, '+10m', '+10m'],
  ['KERBEROS_CLOCK_DOMAIN', '+10m', undefined],
  ['KERBEROS_CLOCK_SERVER', undefined, '+10m'],
];

/** Asserts that the message is the text of one of the rows; returns which. */
function told(status, rows) {
  assert.equal(status.status, 'FAILED');
  const row = findingIn(status.message);
  assert.ok(row, `in no row of the table: ${status.message}`);
  assert.ok([rows].flat().includes(row.id), `${row.id}: ${status.message}`);
  assert.ok(!/\{|\?/.test(status.message), `a fact is missing: ${status.message}`);
  return status.message;
}

/** All of them as checks on `stand`. */
function failureChecks(stand, folder) {
  const accounts = ACCOUNTS.map(([row, account, commands]) => ({
    title: `${row} is told`,
    run: async () => {
      const {realm, gate} = stand();
      for (const command of commands) realm.admin(...command);
      const principal = `${account}@PLANT.EXAMPLE`;
      const credentials = stand().credentials({principal, password: PASSWORD});
      return told(await stand().check(gate.url('request'), credentials), row);
    },
  }));
  const causes = CAUSES.map(([row, stage]) => ({
    title: `${[row].flat().join(' or ')} is told`,
    run: async () => {
      const {realm, gate, basicPlant} = stand();
      const cleanUp = [];
      const [url, credentials, given] = await stage({
        ...{realm, gate, basicPlant, folder: folder()},
        credentials: (more) => stand().credentials(more),
        startGate: (plant) => stand().startGate(realm, {plant}),
        later: (act) => cleanUp.push(act),
      });
      try {
        return told(await stand().check(url, credentials, given), row);
      } finally {
        for (const act of cleanUp) act();
      }
    },
  }));
  return [...accounts, ...causes, ...clockChecks(stand)];
}

function clockChecks(stand) {
  return CLOCKS.map(([row, kdc, web]) => ({
    title: row ? `${row} is told` : 'a wrong clock of our own is made good',
    run: async () => {
      const realm = await stand().startRealm(`clock-${kdc}-${web}`);
      await realm.stop();
      await realm.start({clock: kdc});
      const gate = await stand().startGate(realm, {clock: web});
      const credentials = stand().credentials({}, realm);
      if (row === undefined) return stand().letsIn(gate.url('request'), credentials);
      return told(await stand().check(gate.url('request'), credentials), row);
    },
  }));
}

module.exports = {failureChecks};
