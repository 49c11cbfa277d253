// Apache with mod_auth_gssapi before a plant, on a free port of the loopback.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const {daemon, freePort} = require('./programs.cjs');

const MODULES = [
  'mpm_event',
  'authn_core',
  'authz_core',
  'authz_user',
  'auth_gssapi',
  'proxy',
  'proxy_http',
  'headers',
  'setenvif',
];

/** A SPNEGO answer that names a mechanism and proves nothing. */
const EMPTY_PROOF = 'oRQwEqADCgEAoQsGCSqGSIb3EgECAg==';

/** What each door does besides asking for Kerberos. */
const DOORS = {
  /** Each request is signed in by itself. */
  request: [],
  /** A connection stays signed in. */
  connection: ['GssapiConnectionBound On'],
  /** Lets in without proving itself. */
  mute: ['Header always unset WWW-Authenticate'],
  /** Proves itself at some requests, as on a connection that is signed in. */
  quiet: [`Header always unset WWW-Authenticate "expr=%{REQUEST_METHOD} == 'POST'"`],
  /** Shows a proof that is none. */
  forged: [
    `Header always set WWW-Authenticate "Negotiate ${EMPTY_PROOF}" "expr=%{REQUEST_STATUS} == 200"`,
  ],
};

/**
 * Starts the gate: several doors to one plant, each on a port of its own. `clock`: the
 * time it lives in, as an offset such as `+10m`.
 */
async function startGate(tools, {plant, keytab, realm, clock}) {
  // Apache gives root's rights up, and has to find its files all the same.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gate-'));
  const own = path.join(folder, 'service.keytab');
  fs.copyFileSync(keytab, own);
  const config = path.join(folder, 'krb5.conf');
  fs.copyFileSync(realm.config, config);
  const ports = {};
  for (const name of Object.keys(DOORS)) ports[name] = await freePort();
  const settings = path.join(folder, 'httpd.conf');
  const lines = gateSettings(tools, {folder, plant, ports, keytab: own});
  fs.writeFileSync(settings, `${lines.join('\n')}\n`);
  readableByNobody(folder);
  const server = await daemon(
    tools.program('apache2'),
    ['-f', settings, '-D', 'FOREGROUND'],
    {
      port: ports.request,
      environment: {
        ...tools.environment,
        KRB5_CONFIG: config,
        ...tools.clock(clock),
      },
      log: path.join(folder, 'apache.out'),
    },
  );
  return {
    url: (door, host = 'localhost') => `http://${host}:${ports[door]}/piwebapi`,
    /** The requests that came, each with its number on its connection and its status. */
    access: () => fs.readFileSync(path.join(folder, 'access.log'), 'utf8'),
    /** From now on these keys count. */
    takeKeytab: (file) => {
      const next = `${own}.next`;
      fs.copyFileSync(file, next);
      readableByNobody(folder);
      fs.renameSync(next, own);
    },
    stop: async () => {
      await server.stop();
      fs.rmSync(folder, {recursive: true});
    },
  };
}

function isRoot() {
  return process.getuid() === 0;
}

function readableByNobody(folder) {
  if (!isRoot()) return;
  for (const each of ['', ...fs.readdirSync(folder)])
    fs.chownSync(path.join(folder, each), 65534, 65534);
}

function gateSettings(tools, {folder, plant, ports, keytab}) {
  const modules = path.join(tools.folder, 'usr/lib/apache2/modules');
  return [
    `ServerRoot ${folder}`,
    'ServerName localhost',
    ...Object.values(ports).map((port) => `Listen 127.0.0.1:${port}`),
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
    `CustomLog ${folder}/access.log "%p k=%k %>s %u %r"`,
    ...Object.entries(DOORS).flatMap(([name, rules]) =>
      host({port: ports[name], plant, keytab, rules}),
    ),
  ];
}

/** The proof stops here: the plant behind sees no ticket. */
function host({port, plant, keytab, rules}) {
  const {origin} = new URL(plant);
  return [
    `<VirtualHost 127.0.0.1:${port}>`,
    '  <Location />',
    '    AuthType GSSAPI',
    '    AuthName plant',
    `    GssapiCredStore keytab:${keytab}`,
    '    GssapiAllowedMech krb5',
    ...rules.map((rule) => `    ${rule}`),
    '    Require valid-user',
    '    RequestHeader unset Authorization',
    '  </Location>',
    '  AllowEncodedSlashes NoDecode',
    '  ProxyPreserveHost On',
    `  ProxyPass / ${origin}/ nocanon`,
    '</VirtualHost>',
  ];
}

module.exports = {startGate};
