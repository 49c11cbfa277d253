// How the programs that were unpacked from Debian's packages are called.
const {execFileSync, spawn} = require('node:child_process');
const {once} = require('node:events');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');

/** Everything below `work`: fetched once, kept from run to run. */
function tools(work) {
  const folder = path.join(work, 'kerberos', 'tools');
  const script = (name, ...args) =>
    execFileSync(path.join(__dirname, name), args, {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  script('tools.sh', folder);
  script('module.sh', folder, path.join(work, 'kerberos', 'module'));
  const libraries = path.join(folder, 'usr/lib', triplet());
  return {
    folder,
    libraries,
    environment: {...process.env, LD_LIBRARY_PATH: libraries},
    clock: (shift) => fakeClock(libraries, shift),
    program: (name) =>
      ['usr/sbin', 'usr/bin']
        .map((each) => path.join(folder, each, name))
        .find((file) => fs.existsSync(file)),
  };
}

function triplet() {
  return {x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu'}[process.arch];
}

/** Environment of a program that lives in another time: `+10m`. */
function fakeClock(libraries, shift) {
  if (shift === undefined) return {};
  const library = path.join(libraries, 'faketime/libfaketime.so.1');
  return {LD_PRELOAD: library, FAKETIME: shift};
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a program in the foreground and waits until its port accepts. */
async function daemon(file, args, {port, environment, log}) {
  const output = fs.openSync(log, 'a');
  const child = spawn(file, args, {
    env: environment,
    stdio: ['ignore', output, output],
  });
  fs.closeSync(output);
  const exited = once(child, 'exit');
  for (let tries = 0; !(await accepts(port)); tries += 1) {
    if (child.exitCode !== null || tries > 200) {
      child.kill();
      throw new Error(`${path.basename(file)}: ${fs.readFileSync(log, 'utf8')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    stop: async () => {
      child.kill();
      await exited;
    },
  };
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

module.exports = {tools, daemon, freePort};
