// Secrets planted in every way in and every way there, and then everything that can fail
// fails: none may show in what the program prints, in a name of a file, or in a list of
// processes, in plain, escaped, URL-encoded or base64 form.
const assert = require('node:assert/strict');
const {once} = require('node:events');
const fs = require('node:fs');
const http = require('node:http');
const net = require('node:net');
const path = require('node:path');
const {generateKeyPairSync} = require('node:crypto');

const {
  formsOf,
  secretsIn,
} = require('../../acceptance-tests/lib/checks/own/secret-forms.js');

const SPECIFICATION = JSON.parse(
  fs.readFileSync(
    path.join(__dirname, '../../spec/source-pi/connection-specification.json'),
    'utf8',
  ),
);
/** Awkward on purpose: what must be escaped in URLs, JSON, regular expressions, LDAP. */
const PASSWORD = 'Geh€im/"42+x&y=%z\\q';

const keytabOf = (bytes) => Buffer.from(bytes).toString('base64');
const encryptedKey = () =>
  generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: {type: 'spki', format: 'pem'},
    privateKeyEncoding: {
      ...{type: 'pkcs8', format: 'pem'},
      ...{cipher: 'aes-256-cbc', passphrase: 'an0ther-passphrase'},
    },
  }).privateKey;

/** Every way to sign in, with what it holds secret. */
const WAYS_IN = {
  basic: {auth_type: 'basic', username: 'PLANT\\svc', password: PASSWORD},
  bearer: {auth_type: 'bearer', token: 'eyJhbGciOi.Jub25lIn0.c2lnbmF0dXJl+/='},
  ntlm: {auth_type: 'ntlm', username: 'PLANT\\svc', password: PASSWORD},
  'kerberos password': {
    ...{auth_type: 'kerberos', principal: 'svc@PLANT.EXAMPLE', password: PASSWORD},
    kdcs: ['127.0.0.1:9'],
  },
  'kerberos keytab': {
    ...{auth_type: 'kerberos', principal: 'svc@PLANT.EXAMPLE', kdcs: ['127.0.0.1:9']},
    keytab: keytabOf('\x05\x02 not an entry, and yet a secret of its own'),
  },
  oidc: {
    ...{auth_type: 'oidc', client_id: 'airbyte', client_secret: PASSWORD},
    token_url: 'http://127.0.0.1:9/token',
  },
};

/** Ways there that fail, each before any way in is asked. */
const WAYS_THERE = {
  'proxy that is down': {
    proxy: {url: 'http://127.0.0.1:9', username: 'pr0xy-user', password: PASSWORD},
  },
  'proxy that refuses': (ground) => ({
    proxy: {url: ground.refusingProxy, username: 'pr0xy-user', password: PASSWORD},
  }),
  'encrypted key, other passphrase': {
    client_certificate: {
      ...{
        format: 'pem',
        certificate: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      },
      ...{private_key: encryptedKey(), passphrase: 'wr0ng-passphrase%'},
    },
  },
  'archive that is none': {
    client_certificate: {
      ...{format: 'pfx', passphrase: 'wr0ng-passphrase%'},
      archive: Buffer.from('no archive, but private nevertheless').toString('base64'),
    },
  },
};

/** What a server does to a request. */
const SERVERS = {
  refuses: (_request, response) =>
    response
      .writeHead(401, {'WWW-Authenticate': 'Negotiate, NTLM, Basic realm="pi", Bearer'})
      .end('{"Message":"denied"}'),
  // A careless server tells the header back.
  'tells the header back': (request, response) =>
    response
      .writeHead(400, {'Content-Type': 'application/json'})
      .end(
        JSON.stringify({Errors: [`Not understood: ${request.headers.authorization}`]}),
      ),
  'fails, with the header': (request, response) =>
    response
      .writeHead(500, {'Content-Type': 'application/json'})
      .end(JSON.stringify({Message: request.headers.authorization})),
  'redirects with the header': (request, response) =>
    response
      .writeHead(302, {
        Location: `https://sso.example.com/${encodeURIComponent(request.headers.authorization ?? '')}`,
      })
      .end(),
  'hangs up': (request) => request.socket.destroy(),
};

const servers = [];

async function listening(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return `127.0.0.1:${server.address().port}`;
}

async function open(ground) {
  ground.servers = {'is not there': 'http://127.0.0.1:9/piwebapi'};
  for (const [name, act] of Object.entries(SERVERS)) {
    const at = await listening(http.createServer(act));
    ground.servers[name] = `http://${at}/piwebapi`;
  }
  ground.servers['speaks no TLS'] = ground.servers['refuses'].replace('http', 'https');
  const refusing = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  });
  ground.refusingProxy = `http://${await listening(refusing)}`;
}

async function close() {
  for (const server of servers) {
    server.closeAllConnections?.();
    server.close();
  }
}

/** Every failure: where, as whom, by which command. */
function* failures(ground) {
  for (const [where, url] of Object.entries(ground.servers)) {
    for (const [who, credentials] of Object.entries(WAYS_IN)) {
      yield {title: `${who}, a server that ${where}`, url, credentials, network: {}};
    }
  }
  for (const [how, made] of Object.entries(WAYS_THERE)) {
    const network = typeof made === 'function' ? made(ground) : made;
    for (const scheme of ['http', 'https']) {
      const url = `${scheme}://pi.example.com/piwebapi`;
      yield {title: `${how}, ${scheme}`, url, credentials: WAYS_IN.basic, network};
    }
  }
}

/** A read waits between its tries: several wait side by side. */
const AT_ONCE = 8;

async function runAll(ground, command) {
  const waiting = [...failures(ground)];
  const total = waiting.length;
  const worker = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const {title, url, credentials, network} = one;
      const config = ground.configOf(url, credentials, {network});
      await runOne(ground, {title: `${command}: ${title}`, command, config});
    }
  };
  await Promise.all(Array.from({length: AT_ONCE}, worker));
  return total;
}

async function runOne(ground, {title, command, config}) {
  const temporary = fs.mkdtempSync(path.join(ground.folder, 'tmp-'));
  const seen = [];
  const documents = command === 'read' ? {config, catalog: CATALOG} : {config};
  const run = await ground.sourcePi([command], {
    ...documents,
    env: {TMPDIR: temporary},
    whileRunning: (child) => {
      const look = () => seen.push(...commandLines(), ...namesBelow(temporary));
      const timer = setInterval(look, 50);
      child.once('exit', () => clearInterval(timer));
    },
  });
  const failed =
    command === 'read'
      ? run.exit !== 0
      : run.exit !== 0 || run.stdout.includes('"status":"FAILED"');
  assert.ok(failed, `${title}: it did not fail: ${run.stdout.slice(0, 300)}`);
  const said = [run.stdout, run.stderr, ...seen].join('\n');
  for (const secret of secretsIn(config, SPECIFICATION)) {
    const form = formsOf(secret).find((each) => said.includes(each));
    assert.equal(form, undefined, `${title}: a secret shows as ${form}`);
  }
  assert.deepEqual(namesBelow(temporary), [], `${title}: files are left behind`);
  fs.rmSync(temporary, {recursive: true});
}

const CATALOG = {
  streams: [
    {
      stream: {
        ...{name: 'timeseries', json_schema: {}},
        supported_sync_modes: ['full_refresh', 'incremental'],
      },
      ...{sync_mode: 'incremental', destination_sync_mode: 'append'},
    },
  ],
};

function commandLines() {
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => readIfThere(`/proc/${pid}/cmdline`));
}

function readIfThere(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function namesBelow(folder) {
  try {
    return fs.readdirSync(folder, {recursive: true}).map(String);
  } catch {
    return [];
  }
}

const checks = [
  {
    title: 'no secret shows in any failure of check, nothing is left behind',
    run: async (ground) => `${await runAll(ground, 'check')} failures`,
  },
  {
    title: 'no secret shows in any failure of read, nothing is left behind',
    run: async (ground) => `${await runAll(ground, 'read')} failures`,
  },
];

module.exports = {checks, open, close};
