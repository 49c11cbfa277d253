// Finds the browser that the forms are tried in, or installs Debian's.
const {spawnSync} = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

/** The release that the suite was last seen with; Debian keeps the newest alone. */
const SEEN_WITH = '156';
const PACKAGES = ['chromium', 'fonts-dejavu-core'];
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Path of the browser: `$CHROMIUM`, or one on the PATH, or a new one where this is root. */
function chromium() {
  const found = process.env.CHROMIUM ?? onPath();
  if (found !== undefined) return told(found);
  const canInstall = process.getuid?.() === 0 && runs('apt-get', ['--version']);
  if (!canInstall) {
    throw new Error(
      `There is no Chromium here. Set CHROMIUM to its path, or on Debian: apt-get install ${PACKAGES.join(' ')}`,
    );
  }
  process.stderr.write(`Installing ${PACKAGES.join(', ')} ...\n`);
  apt(['update', '-qq']);
  apt(['install', '-qq', '-y', '--no-install-recommends', ...PACKAGES]);
  return told(onPath());
}

function onPath() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const places = folders.flatMap((folder) =>
    NAMES.map((name) => path.join(folder, name)),
  );
  return places.find((place) => fs.existsSync(place));
}

/** Says which one it is: a failure may be the browser's. */
function told(program) {
  const {stdout} = spawnSync(program, ['--version'], {encoding: 'utf8'});
  const version = (stdout ?? '').trim();
  if (version === '') throw new Error(`${program} cannot be run.`);
  const note = version.includes(` ${SEEN_WITH}.`)
    ? ''
    : ` (last seen with ${SEEN_WITH})`;
  process.stderr.write(`${version}${note}\n`);
  return program;
}

function apt(args) {
  const env = {...process.env, DEBIAN_FRONTEND: 'noninteractive'};
  const {status, stdout, stderr} = spawnSync('apt-get', args, {encoding: 'utf8', env});
  if (status !== 0) throw new Error(`apt-get ${args[0]} failed.\n${stdout}${stderr}`);
}

const runs = (command, args) =>
  spawnSync(command, args, {stdio: 'ignore'}).status === 0;

module.exports = {chromium};
