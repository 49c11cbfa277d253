// The acceptors, started before the plant: pyspnego with its doors, and Apache with
// mod_auth_gssapi over gss-ntlmssp.
const {execFileSync, spawn} = require('node:child_process');
const {once} = require('node:events');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const {createInterface} = require('node:readline');

const {daemon, freePort, tools: kerberosTools} = require('../kerberos/programs.cjs');

const DOMAIN = 'PLANT';
const USER = 'svc_airbyte';
/** A colon would end it in the acceptors' own file of accounts. */
const PASSWORD = 'Pa ss"w0rd+ä%7';

const MODULES = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'auth_gssapi'];
MODULES.push('proxy', 'proxy_http', 'headers', 'setenvif');

function tools(work) {
  const folder = path.join(work, 'ntlm', 'tools');
  execFileSync(path.join(__dirname, 'tools.sh'), [folder], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return {folder, ...webServer(work)};
}

/** Apache and its libraries are those of the Kerberos door. */
function webServer(work) {
  const {folder, libraries, program} = kerberosTools(work);
  return {modules: path.join(folder, 'usr/lib/apache2/modules'), libraries, program};
}

function accounts(folder) {
  const file = path.join(folder, 'accounts');
  fs.writeFileSync(file, `${DOMAIN}:${USER}:${PASSWORD}\n`, {mode: 0o644});
  return file;
}

/** pyspnego: several doors to one plant. */
async function startDoors(found, {folder, plant}) {
  const child = spawn(
    path.join(found.folder, 'python/bin/python'),
    [path.join(__dirname, 'acceptor.py'), plant],
    {
      env: {...process.env, NTLM_USER_FILE: accounts(folder)},
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const exited = once(child, 'exit');
  const [line] = await Promise.race([
    once(createInterface({input: child.stdout}), 'line'),
    exited.then(() => {
      throw new Error('The NTLM acceptor did not start.');
    }),
  ]);
  const ports = JSON.parse(line);
  return {
    url: (door) => `http://127.0.0.1:${ports[door]}${new URL(plant).pathname}`,
    /** What a door has answered so far, by kind. */
    counts: async (door) => {
      const told = await fetch(`http://127.0.0.1:${ports.counts}/counts`);
      return (await told.json())[door] ?? {};
    },
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Apache, by a mechanism that shares nothing with the other acceptor. */
async function startApache(found, {plant}) {
  // Apache gives root's rights up, and has to find its files all the same.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ntlm-gate-'));
  const port = await freePort();
  const library = path.join(found.folder, 'usr/lib', path.basename(found.libraries));
  const mechanism = path.join(folder, 'mech.conf');
  fs.writeFileSync(
    mechanism,
    `gssntlmssp_v1 1.3.6.1.4.1.311.2.2.10 ${library}/gssntlmssp/gssntlmssp.so\n`,
  );
  const settings = path.join(folder, 'httpd.conf');
  fs.writeFileSync(
    settings,
    `${settingsOf(found, {folder, port, plant}).join('\n')}\n`,
  );
  const users = accounts(folder);
  if (isRoot()) {
    for (const each of ['', ...fs.readdirSync(folder)])
      fs.chownSync(path.join(folder, each), 65534, 65534);
  }
  const server = await daemon(
    found.program('apache2'),
    ['-f', settings, '-D', 'FOREGROUND'],
    {
      port,
      environment: {
        ...process.env,
        LD_LIBRARY_PATH: `${found.libraries}:${library}`,
        GSS_MECH_CONFIG: mechanism,
        NTLM_USER_FILE: users,
      },
      log: path.join(folder, 'apache.out'),
    },
  );
  return {
    url: `http://127.0.0.1:${port}${new URL(plant).pathname}`,
    log: () => fs.readFileSync(path.join(folder, 'error.log'), 'utf8'),
    stop: async () => {
      await server.stop();
      fs.rmSync(folder, {recursive: true});
    },
  };
}

function isRoot() {
  return process.getuid() === 0;
}

function settingsOf({modules}, {folder, port, plant}) {
  const {origin} = new URL(plant);
  return [
    `ServerRoot ${folder}`,
    'ServerName localhost',
    `Listen 127.0.0.1:${port}`,
    `PidFile ${folder}/httpd.pid`,
    `DefaultRuntimeDir ${folder}`,
    `ErrorLog ${folder}/error.log`,
    'LogLevel info',
    'KeepAlive On',
    'MaxKeepAliveRequests 0',
    'KeepAliveTimeout 30',
    'LimitRequestFieldSize 65536',
    'LimitRequestLine 65536',
    ...MODULES.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`),
    ...(isRoot() ? ['User nobody', 'Group nogroup'] : []),
    'StartServers 1',
    'ThreadsPerChild 32',
    'MaxRequestWorkers 64',
    '<Location />',
    '  AuthType GSSAPI',
    '  AuthName plant',
    '  GssapiAllowedMech ntlmssp',
    '  GssapiConnectionBound On',
    '  Require valid-user',
    '  RequestHeader unset Authorization',
    '</Location>',
    'AllowEncodedSlashes NoDecode',
    'ProxyPreserveHost On',
    `ProxyPass / ${origin}/ nocanon`,
  ];
}

module.exports = {DOMAIN, PASSWORD, USER, startApache, startDoors, tools};
