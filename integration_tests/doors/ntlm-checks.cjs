// NTLM on real parts: two acceptors that share nothing, pyspnego and Apache over gss-ntlmssp,
// with the simulator as the plant behind.
const assert = require('node:assert/strict');

const {
  NTLM_FAILURES,
} = require('../../sources/pi/lib/transport/sign-in/ntlm-failures.js');
const gates = require('./ntlm/gates.cjs');
const {digest, session, truth} = require('./oidc/session.cjs');

const CONCURRENCY = 4;
const ACCOUNT = {
  auth_type: 'ntlm',
  username: `${gates.DOMAIN}\\${gates.USER}`,
  password: gates.PASSWORD,
};
const WRONG = {...ACCOUNT, password: 'wr0ng-Passw0rd'};

const stand = {ways: {}};

async function open(ground) {
  const found = gates.tools(ground.work);
  const where = {folder: ground.folder, plant: ground.simulator};
  stand.doors = await gates.startDoors(found, where);
  stand.apache = await gates.startApache(found, where);
  for (const door of ['kept', 'closing', 'apart', 'bare', 'other'])
    stand.ways[door] = session(ground, stand.doors.url(door));
  stand.ways.apache = session(ground, stand.apache.url);
  stand.truth = await truth(ground);
}

async function close() {
  await stand.doors?.stop();
  await stand.apache?.stop();
}

const rowOf = (id) => NTLM_FAILURES.find((row) => row.id === id);

/** What a door answers while something is done, by kind. */
async function counted(door, act) {
  const before = await stand.doors.counts(door);
  const result = await act();
  const after = await stand.doors.counts(door);
  const counts = Object.fromEntries(
    Object.keys(after).map((kind) => [kind, after[kind] - (before[kind] ?? 0)]),
  );
  return {result, counts};
}

async function readsAll(way) {
  const ended = await way.read(ACCOUNT, {load: {max_concurrency: CONCURRENCY}});
  assert.deepEqual(digest(ended), stand.truth);
}

module.exports = {
  open,
  close,
  checks: [
    {
      title:
        'pyspnego lets in and brings what is there, over four connections at the most',
      run: async () => {
        await stand.ways.kept.letsIn(ACCOUNT);
        const {counts} = await counted('kept', () => readsAll(stand.ways.kept));
        assert.equal(counts.v1 ?? 0, 0);
        assert.equal(counts.refusal ?? 0, 0);
        assert.ok(counts.v2 <= CONCURRENCY, JSON.stringify(counts));
        return `${stand.truth.records} records by ${counts.content} requests, ${counts.v2} sign-ins, all of NTLMv2`;
      },
    },
    {
      title: 'Apache over gss-ntlmssp lets in and brings what is there',
      run: async () => {
        await stand.ways.apache.letsIn(ACCOUNT);
        await readsAll(stand.ways.apache);
        return `${stand.truth.records} records`;
      },
    },
    {
      title:
        'a server that closes each connection is signed in at anew for each request',
      run: async () => {
        const {counts} = await counted('closing', () => readsAll(stand.ways.closing));
        assert.equal(counts.v2, counts.content);
        return `${stand.truth.records} records by ${counts.content} requests, ${counts.v2} sign-ins`;
      },
    },
    {
      title: 'a wrong password is sent once by a check, and named',
      run: async () => {
        const {counts, result} = await counted('kept', () =>
          stand.ways.kept.refuses(WRONG, {row: rowOf('NTLM_REFUSED')}),
        );
        assert.equal(counts.refusal, 1);
        return result;
      },
    },
    {
      title: 'a wrong password is sent once by a whole read',
      run: async () => {
        const {counts, result} = await counted('kept', () =>
          stand.ways.kept.attempt(WRONG, {load: {max_concurrency: CONCURRENCY}}),
        );
        assert.equal(result.exit, 1);
        assert.equal(counts.refusal, 1);
      },
    },
    {
      title: 'a wrong password at Apache is named',
      run: () => stand.ways.apache.refuses(WRONG, {row: rowOf('NTLM_REFUSED')}),
    },
    {
      title: 'a server without NTLM is named with what it offers',
      run: () =>
        stand.ways.other.refuses(ACCOUNT, {
          row: rowOf('NTLM_NOT_OFFERED'),
          says: 'Negotiate, Basic',
        }),
    },
    {
      title: 'a server that never gives a challenge ends it after one message',
      run: async () => {
        const {counts, result} = await counted('bare', () =>
          stand.ways.bare.refuses(ACCOUNT, {row: rowOf('NTLM_NO_CHALLENGE')}),
        );
        // One more is the question which schemes there are.
        assert.ok(counts.offer <= 2, JSON.stringify(counts));
        return result;
      },
    },
    {
      title: 'a connection that ends behind the challenge is named, not endless',
      run: async () => {
        const {counts, result} = await counted('apart', () =>
          stand.ways.apart.refuses(ACCOUNT, {row: rowOf('NTLM_CONNECTION_CLOSED')}),
        );
        assert.ok(counts.challenge <= 2, JSON.stringify(counts));
        return result;
      },
    },
    {
      title: 'prints no password',
      run: () => {
        const printed = Object.values(stand.ways).map((way) => way.printed());
        const hidden = [gates.PASSWORD, WRONG.password].flatMap((password) => [
          password,
          encodeURIComponent(password),
          JSON.stringify(password).slice(1, -1),
          Buffer.from(password).toString('base64').replace(/=+$/, ''),
          Buffer.from(password, 'utf16le').toString('base64').replace(/=+$/, ''),
        ]);
        assert.deepEqual(
          hidden.filter((secret) => printed.join('\n').includes(secret)),
          [],
        );
      },
    },
  ],
};
