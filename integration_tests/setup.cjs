// Everything a fresh checkout needs before a command runs: the locked packages and a
// build. Skips what is up to date, so that the second call costs about a second.
const {createHash} = require('node:crypto');
const {spawnSync} = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const stamp = path.join(root, 'node_modules', '.installed-lock');
const lock = createHash('sha256')
  .update(fs.readFileSync(path.join(root, 'package-lock.json')))
  .update(process.version)
  .digest('hex');

const installed = () => fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === lock;

/** Runs a command in the checkout; its own output is shown only when it fails. */
function run(command, args, what) {
  process.stderr.write(`${what} ...\n`);
  const result = spawnSync(command, args, {cwd: root, encoding: 'utf8'});
  if (result.status === 0) return;
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  process.stderr.write(`${what} failed.\n`);
  process.exit(1);
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Node 20.19 or newer is needed, this is ${process.version}.\n`);
  process.exit(1);
}
if (!installed()) {
  // Not `npm ci`: it refuses a lock that names the native packages of some platforms only.
  run(
    'npm',
    ['install', '--no-save', '--no-audit', '--no-fund'],
    'Installing packages',
  );
  fs.writeFileSync(stamp, lock);
}
run(process.execPath, ['node_modules/typescript/bin/tsc', '-b'], 'Building');
