// Syncs that outlive tickets, keys and centres, and what is left of them on the machine.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');

const {PASSWORD, base64, digest, leftovers, silentServer} = require('./stand.cjs');

/** Some 270 requests. */
const SLOW = {
  max_concurrency: 4,
  max_requests_per_second: 20,
  max_values_per_response: 300,
};
/** Tickets are renewed from half of their life on: none of these lives through a sync. */
const LIFE_SECONDS = 60;
/** The same requests in two and a half lives. */
const LONG = {...SLOW, max_requests_per_second: 1.7};

/** These mostly wait: begun first, they go on beside the others. */
function beginLong(stand) {
  const begun = {renewals: renewals(stand), silentRenewal: silentRenewal(stand)};
  for (const each of Object.values(begun)) each.catch(() => undefined);
  return begun;
}

function syncChecks(stand) {
  return [
    {
      title: `tickets of ${LIFE_SECONDS} seconds in a sync that outlives several`,
      run: () => stand().long.renewals,
    },
    {
      title: 'a service that gets another key in the middle of a sync',
      run: () => newKey(stand()),
    },
    {
      title: 'a KDC that dies in the middle of a sync',
      run: () => deadCentre(stand()),
    },
    {
      title: 'a KDC that falls silent before tickets are renewed, which still hold',
      run: () => stand().long.silentRenewal,
    },
    {
      title: 'a silent KDC is waited for once by all requests of a sync',
      run: () => oneWait(stand()),
    },
    ...['exit', 'SIGTERM', 'SIGKILL'].map((ending) => ({
      title: `nothing is left behind after ${ending}`,
      run: () => nothingLeft(stand(), ending),
    })),
    {title: 'no secret was seen in all of this', run: () => noSecret(stand())},
  ];
}

async function renewals(stand) {
  const realm = await stand.startRealm('short-lived', {lifeSeconds: LIFE_SECONDS});
  const gate = await stand.startGate(realm);
  const startedMs = Date.now();
  const ended = await stand.read(gate.url('request'), stand.credentials({}, realm), {
    load: LONG,
    timeoutSeconds: 400,
  });
  const seconds = Math.round((Date.now() - startedMs) / 1000);
  await lossless(stand, ended);
  assert.ok(seconds > 2 * LIFE_SECONDS, `the sync took ${seconds} s only`);
  const issued = (kind) =>
    realm.log().match(new RegExp(`${kind}_REQ.*ISSUE.*svc_airbyte`, 'g')).length;
  const [logons, tickets] = [issued('AS'), issued('TGS')];
  assert.ok(logons > 2 && tickets > 2, `${logons} logons, ${tickets} tickets`);
  const statuses = gate.access().match(/k=\d+ \d+/g);
  const refused = statuses.filter((line) => line.endsWith(' 401')).length;
  assert.equal(refused, 0);
  return `${seconds} s, ${logons} logons, ${tickets} tickets, ${statuses.length} requests, none refused`;
}

async function newKey(stand) {
  const realm = await stand.startRealm('new-key');
  const gate = await stand.startGate(realm);
  const ended = await stand.read(gate.url('request'), stand.credentials({}, realm), {
    load: SLOW,
    whileRunning: async (child) => {
      await firstRecord(child);
      // Between the two nobody could be let in.
      child.kill('SIGSTOP');
      realm.admin('cpw', '-randkey', 'HTTP/localhost');
      gate.takeKeytab(realm.keytabOf('service', 'HTTP/localhost'));
      child.kill('SIGCONT');
    },
  });
  await lossless(stand, ended);
  const refused = gate.access().match(/ 401 /g)?.length ?? 0;
  assert.ok(refused > 0, 'the old tickets were worthless');
  return `${refused} refusals, each made good by a new ticket`;
}

async function deadCentre(stand) {
  const realm = await stand.startRealm('dead');
  const gate = await stand.startGate(realm);
  const ended = await stand.read(gate.url('request'), stand.credentials({}, realm), {
    load: SLOW,
    whileRunning: async (child) => {
      await firstRecord(child);
      await realm.stop();
    },
  });
  await lossless(stand, ended);
}

async function silentRenewal(stand) {
  // Renewed from half of three minutes on, after which the sync and its wait for the
  // silent centre take less than the other half.
  const realm = await stand.startRealm('falls-silent', {lifeSeconds: 3 * LIFE_SECONDS});
  const gate = await stand.startGate(realm);
  let silent;
  const startedMs = Date.now();
  const ended = await stand.read(gate.url('request'), stand.credentials({}, realm), {
    load: {...SLOW, max_requests_per_second: 2.6},
    whileRunning: async (child) => {
      await firstRecord(child);
      await realm.stop();
      silent = await silentServer(Number(realm.kdc.split(':')[1]));
    },
  });
  const renewals = silent.connections();
  silent.close();
  await lossless(stand, ended);
  assert.ok(renewals > 0, 'nothing was renewed');
  return `${renewals} connections to it, ${Math.round((Date.now() - startedMs) / 1000)} s`;
}

async function oneWait(stand) {
  const silent = await silentServer();
  const startedMs = Date.now();
  try {
    const ended = await stand.read(
      stand.gate.url('request'),
      stand.credentials({kdcs: [silent.address]}),
      {
        streams: ['timeseries', 'af_elements', 'event_frames'],
        load: {max_concurrency: 16},
      },
    );
    assert.equal(ended.exit, 1);
    assert.match(ended.stdout, /accepts connections and does not answer/);
    const seconds = Math.round((Date.now() - startedMs) / 1000);
    return `${silent.connections()} connections, given up after ${seconds} s`;
  } finally {
    silent.close();
  }
}

async function nothingLeft(stand, ending) {
  const before = leftovers();
  const credentials = stand.credentials({password: PASSWORD});
  let seen;
  const ended = await stand.read(stand.gate.url('request'), credentials, {
    load: SLOW,
    whileRunning: async (child) => {
      await firstRecord(child);
      seen = shown(child.pid);
      if (ending !== 'exit') child.kill(ending);
    },
  });
  assert.equal(ended.exit, ending === 'exit' ? 0 : ending);
  assert.deepEqual(leftovers(), before);
  for (const text of seen) assert.equal(secretIn(text, stand), undefined);
}

/** What others on the machine see of a process: its command line and its open files. */
function shown(pid) {
  const folder = `/proc/${pid}/fd`;
  const files = fs.readdirSync(folder).map((each) => {
    try {
      return fs.readlinkSync(path.join(folder, each));
    } catch {
      return '';
    }
  });
  const keys = files.filter((name) => name.includes('/source-pi-'));
  assert.equal(keys.length, 3, `settings and key: ${files.join(' ')}`);
  assert.ok(keys.every((name) => name.endsWith('(deleted)')));
  return [fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8'), ...files];
}

function noSecret(stand) {
  const bytes = stand.printed.reduce((sum, text) => sum + text.length, 0);
  for (const text of stand.printed) {
    const found = secretIn(text, stand);
    assert.equal(found, undefined, `${found} in ${text.slice(0, 500)}`);
  }
  return `${stand.printed.length} outputs, ${bytes} characters`;
}

/** Any form of password, keytab or token. */
function secretIn(text, stand) {
  const keytab = base64(stand.realm.clientKeytab);
  const forms = {
    password: PASSWORD,
    'password in JSON': JSON.stringify(PASSWORD).slice(1, -1),
    'password in a URL': encodeURIComponent(PASSWORD),
    'password in base64': Buffer.from(PASSWORD).toString('base64').replace(/=+$/, ''),
    keytab,
    'key of the keytab': keytab.slice(-40),
    'a token': 'YII',
  };
  const isToken = (form) =>
    form === 'YII' ? /\bYII[A-Za-z0-9+/]{40}/.test(text) : false;
  return Object.keys(forms).find(
    (name) =>
      isToken(forms[name]) || (name !== 'a token' && text.includes(forms[name])),
  );
}

async function lossless(stand, ended) {
  assert.equal(ended.exit, 0, ended.stdout.slice(-2000));
  assert.deepEqual(digest(ended), await stand.truth());
}

function firstRecord(child) {
  return new Promise((resolve) => {
    const look = (part) => {
      if (!part.includes('"RECORD"')) return;
      child.stdout.off('data', look);
      resolve();
    };
    child.stdout.on('data', look);
  });
}

module.exports = {beginLong, syncChecks};
