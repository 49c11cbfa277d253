// Forward proxies as ordinary processes on free ports of the loopback.
const {execFileSync, spawn} = require('node:child_process');
const {once} = require('node:events');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const {accepts, freePort} = require('../tls/fronts.cjs');

/** The folder with the unpacked programs, fetched once. */
function proxyTools(work) {
  const folder = path.join(work, 'proxy', 'tools');
  execFileSync(path.join(__dirname, 'tools.sh'), [folder], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return folder;
}

/** tinyproxy; with `account` only for who proves to be it, and only to `ports`. */
async function startTinyproxy(tools, {folder, ports, account}) {
  const port = await freePort();
  const [config, log] = ['conf', 'log'].map((kind) =>
    path.join(folder, `tinyproxy-${port}.${kind}`),
  );
  const lines = [
    ...[`Port ${port}`, 'Listen 127.0.0.1', 'Timeout 60', 'MaxClients 50'],
    ...[`LogFile "${log}"`, 'LogLevel Connect'],
    ...(account ? [`BasicAuth ${account.username} ${account.password}`] : []),
    ...ports.map((each) => `ConnectPort ${each}`),
  ];
  fs.writeFileSync(config, `${lines.join('\n')}\n`, {mode: 0o600});
  const stop = start(path.join(tools, 'usr/bin/tinyproxy'), ['-d', '-c', config]);
  await accepts(port);
  return {url: `http://127.0.0.1:${port}`, ways: () => ways(log), stop};
}

/**
 * squid, in plain text and over TLS. As root it becomes nobody, who must be able to read
 * its files: they have a folder of their own.
 */
async function startSquid(tools, {ports, account, certificate}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'doors-squid-'));
  fs.chmodSync(folder, 0o755);
  const [plain, secure] = [await freePort(), await freePort()];
  const at = (name) => path.join(folder, name);
  const hash = execFileSync('openssl', ['passwd', '-5', '-stdin'], {
    input: account.password,
    encoding: 'utf8',
  });
  fs.writeFileSync(at('accounts'), `${account.username}:${hash}`);
  for (const kind of ['pem', 'key'])
    fs.copyFileSync(`${certificate}.${kind}`, at(`own.${kind}`));
  for (const log of ['access.log', 'cache.log']) fs.writeFileSync(at(log), '');
  const lines = [
    `http_port 127.0.0.1:${plain}`,
    `https_port 127.0.0.1:${secure} tls-cert=${at('own.pem')} tls-key=${at('own.key')}`,
    `auth_param basic program ${at('basic_ncsa_auth')} ${at('accounts')}`,
    'auth_param basic children 1',
    'acl known proxy_auth REQUIRED',
    `acl allowed port ${ports.join(' ')}`,
    ...['http_access deny !allowed', 'http_access allow known', 'http_access deny all'],
    ...['cache deny all', 'cache_mem 1 MB', 'pinger_enable off', 'shutdown_lifetime 0'],
    ...['visible_hostname squid.test', 'pid_filename none', 'netdb_filename none'],
    `access_log stdio:${at('access.log')}`,
    ...[`cache_log ${at('cache.log')}`, `coredump_dir ${folder}`],
    `mime_table ${tools}/usr/share/squid/mime.conf`,
    `unlinkd_program ${tools}/usr/lib/squid/unlinkd`,
    `icon_directory ${tools}/usr/share/squid/icons`,
    ...[
      `error_directory ${tools}/usr/share/squid-langpack/en`,
      'cache_effective_user nobody',
    ],
    'connect_timeout 5 seconds',
  ];
  // Squid gives root's rights up: its helper has to stand where nobody may go.
  fs.copyFileSync(`${tools}/usr/lib/squid/basic_ncsa_auth`, at('basic_ncsa_auth'));
  fs.writeFileSync(at('squid.conf'), `${lines.join('\n')}\n`);
  if (process.getuid() === 0) execFileSync('chown', ['-R', 'nobody', folder]);
  const kill = start(
    path.join(tools, 'usr/sbin/squid'),
    ['-N', '-f', at('squid.conf')],
    {
      LD_LIBRARY_PATH: librariesOf(tools),
    },
  );
  const stop = async () => {
    await kill();
    fs.rmSync(folder, {recursive: true, force: true});
  };
  await accepts(plain).catch(async (error) => {
    const said = fs.readFileSync(at('cache.log'), 'utf8');
    await stop();
    throw new Error(`${error.message}\n${said}`);
  });
  return {
    ...{url: `http://127.0.0.1:${plain}`, secureUrl: `https://localhost:${secure}`},
    ways: () => ways(at('access.log')),
    stop,
  };
}

/** How many ways a proxy says that it was asked for. */
function ways(log) {
  return (fs.readFileSync(log, 'utf8').match(/\bCONNECT [\w.[\]:]+:\d+ /g) ?? [])
    .length;
}

function start(file, args, environment = {}) {
  const child = spawn(file, args, {
    env: {...process.env, ...environment},
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const exited = once(child, 'exit');
  return async () => {
    child.kill('SIGKILL');
    await exited;
  };
}

function librariesOf(tools) {
  const triplet = {x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu'}[process.arch];
  return ['usr/lib', 'lib'].map((each) => path.join(tools, each, triplet)).join(':');
}

module.exports = {proxyTools, startSquid, startTinyproxy};
