// Builds the images and says how large they are and what of.
const fs = require('node:fs');
const path = require('node:path');

const {megabytes, must, podman, root, runProgram, work} = require('./podman.cjs');
const {expect, say} = require('./report.cjs');
const {shell} = require('./tools.cjs');

/** Each connector with its own folder and the most its layers may add to the base. */
const CONNECTORS = {
  'source-pi': {folder: 'sources/pi', limitBytes: 40e6},
  'destination-unity': {folder: 'destination-unity', limitBytes: 200e6},
};

/** What both stand on. */
const BASE = 'docker.io/library/node:22-bookworm-slim';

const imageOf = (connector) => `localhost/airbyte/${connector}:dev`;

const releasedImageOf = (connector) =>
  `localhost/airbyte-pi-unity/${connector}:${versionOf(connector)}`;

const versionOf = (connector) =>
  require(path.join(root, CONNECTORS[connector].folder, 'package.json')).version;

/** Builds one image from the checkout, without a daemon and without pulling anything. */
function build(connector, {base = 'amd64', tag = imageOf(connector)} = {}) {
  const log = path.join(work, `build-${connector}-${base}.log`);
  const args = [
    ...['build', '--isolation', 'chroot', '--network', 'host', '--pull=never'],
    ...['--layers', '--arch', base, '-t', tag],
    ...['--build-arg', `CONNECTOR=${connector}`],
    ...['--build-arg', `VERSION=${versionOf(connector)}`],
    ...(base === 'amd64'
      ? []
      : ['--build-arg', `NODE_IMAGE=node:22-bookworm-slim-${base}`]),
    ...lent(),
  ];
  const {status, stdout, stderr} = podman([...args, root]);
  fs.writeFileSync(log, `${stdout}${stderr}`);
  expect(status === 0, `the build passes (${log})`, stderr.slice(-1500));
  // As users name it.
  if (base === 'amd64') must(['tag', tag, releasedImageOf(connector)]);
}

/** The simulator of PI Web API, for compose.yaml: a stand-in. */
function buildSimulator() {
  const {status, stderr} = podman([
    ...[
      'build',
      '--isolation',
      'chroot',
      '--network',
      'host',
      '--pull=never',
      '--layers',
    ],
    ...['-f', path.join(__dirname, 'simulator.Dockerfile'), ...lent()],
    ...['-t', 'localhost/airbyte-pi-unity/pi-simulator:dev', root],
  ]);
  expect(status === 0, 'the build passes', stderr.slice(-1500));
}

/** Registry settings and certificates of this machine, where it has some: for RUN alone. */
function lent() {
  const secrets = path.join(work, 'secrets');
  fs.mkdirSync(secrets, {recursive: true, mode: 0o700});
  const settings = ['globalconfig', 'userconfig']
    .map((name) => shell(`npm config get ${name} 2>/dev/null`).trim())
    .filter((file) => fs.existsSync(file))
    .map((file) => fs.readFileSync(file, 'utf8'))
    .join('\n')
    // The place of this machine's headers is not that of the image.
    .replace(/^nodedir.*$/gm, '');
  fs.writeFileSync(path.join(secrets, 'npmrc'), settings, {mode: 0o600});
  const authorities = '/etc/ssl/certs/ca-certificates.crt';
  return [
    ...['--secret', `id=npmrc,src=${path.join(secrets, 'npmrc')}`],
    ...(fs.existsSync(authorities) ? ['--secret', `id=ca,src=${authorities}`] : []),
  ];
}

/** @returns the layers above the base, in bytes, the last one first. */
function layersOf(image) {
  const history = JSON.parse(must(['history', '--format', 'json', image]));
  return history.slice(0, -1).filter(({size}) => size > 0);
}

/** @returns the folders of modules that weigh most, as `name size`. */
function largestParts(image) {
  const {stdout} = runProgram(image, [
    ...['sh', '-c', 'cd /airbyte/node_modules; du -sk * | sort -rn | head -n 6'],
  ]);
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))
    .map(([kilobytes, name]) => `${name} ${megabytes(Number(kilobytes) * 1024)}`);
}

/** Prints what an image is made of. @returns the bytes above the base. */
function describe(connector) {
  const image = imageOf(connector);
  const layers = layersOf(image);
  const aboveBase = layers.reduce((sum, {size}) => sum + size, 0);
  const total = Number(must(['image', 'inspect', image, '--format', '{{.Size}}']));
  say(`image ${image}`);
  say(
    `  above the base  ${megabytes(aboveBase)} of at most ${megabytes(CONNECTORS[connector].limitBytes)}`,
  );
  say(
    `  with the base   ${megabytes(total)} (stand-in for node:22-bookworm-slim, not the published one)`,
  );
  for (const {size, CreatedBy, created_by: by} of layers) {
    const made = (by ?? CreatedBy ?? '').replace(/^\/bin\/sh -c (#\(nop\) )?/, '');
    say(`  layer           ${megabytes(size)}  ${made.slice(0, 70)}`);
  }
  say(`  largest parts   ${largestParts(image).join(', ')}`);
  return aboveBase;
}

module.exports = {
  BASE,
  build,
  buildSimulator,
  CONNECTORS,
  describe,
  imageOf,
  versionOf,
};
