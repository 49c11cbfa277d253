// A realm of its own for one run: MIT's KDC on a free port of the loopback.
const {execFileSync} = require('node:child_process');
const {randomBytes} = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const {daemon, freePort} = require('./programs.cjs');

const REALM = 'PLANT.EXAMPLE';

/**
 * Makes the realm and starts its KDC. `lifeSeconds`: how long a ticket lives at most.
 *
 * @returns where it is, `admin(...words)` for kadmin's commands, `keytabOf(principals)`,
 *   `restart({clock})` and `stop()`.
 */
async function startRealm(tools, {folder, lifeSeconds = 36_000}) {
  fs.rmSync(folder, {recursive: true, force: true});
  fs.mkdirSync(path.join(folder, 'database'), {recursive: true});
  const port = await freePort();
  const config = written(folder, 'krb5.conf', clientSettings(port));
  const profile = written(
    folder,
    'kdc.conf',
    kdcSettings(tools, {folder, port, lifeSeconds}),
  );
  const environment = {
    ...tools.environment,
    KRB5_CONFIG: config,
    KRB5_KDC_PROFILE: profile,
  };
  const tool = (name, args) =>
    execFileSync(tools.program(name), args, {
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  const master = randomBytes(18).toString('base64url');
  tool('kdb5_util', ['create', '-s', '-r', REALM, '-P', master]);
  const admin = (...words) => tool('kadmin.local', ['-r', REALM, ...words]);
  let kdc;
  const start = async ({clock} = {}) => {
    kdc = await daemon(tools.program('krb5kdc'), ['-n', '-r', REALM], {
      port,
      environment: {...environment, ...tools.clock(clock)},
      log: path.join(folder, 'kdc.out'),
    });
  };
  const stop = async () => {
    await kdc?.stop();
    kdc = undefined;
  };
  await start();
  return {
    realm: REALM,
    kdc: `127.0.0.1:${port}`,
    config,
    admin,
    keytabOf: (name, ...principals) => {
      const file = path.join(folder, `${name}.keytab`);
      fs.rmSync(file, {force: true});
      admin('ktadd', '-norandkey', '-k', file, ...principals);
      fs.chmodSync(file, 0o644);
      return file;
    },
    log: () => fs.readFileSync(path.join(folder, 'kdc.log'), 'utf8'),
    start,
    stop,
  };
}

function written(folder, name, lines) {
  const file = path.join(folder, name);
  fs.writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

function clientSettings(port) {
  return [
    '[libdefaults]',
    `  default_realm = ${REALM}`,
    '  dns_lookup_kdc = false',
    '  dns_lookup_realm = false',
    '  dns_canonicalize_hostname = false',
    '  rdns = false',
    '  udp_preference_limit = 1',
    '[realms]',
    `  ${REALM} = {`,
    `    kdc = 127.0.0.1:${port}`,
    '  }',
  ];
}

function kdcSettings(tools, {folder, port, lifeSeconds}) {
  return [
    '[kdcdefaults]',
    '  kdc_listen = ""',
    `  kdc_tcp_listen = 127.0.0.1:${port}`,
    '[realms]',
    `  ${REALM} = {`,
    `    database_name = ${folder}/database/principal`,
    `    key_stash_file = ${folder}/database/stash`,
    `    acl_file = ${folder}/database/acl`,
    `    max_life = ${lifeSeconds}s`,
    '    supported_enctypes = aes256-cts-hmac-sha1-96:normal',
    '    default_principal_flags = +preauth',
    '  }',
    '[dbmodules]',
    `  db_module_dir = ${tools.libraries}/krb5/plugins/kdb`,
    '[logging]',
    `  kdc = FILE:${folder}/kdc.log`,
  ];
}

module.exports = {startRealm};
