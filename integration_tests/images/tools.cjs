// What the machine must have before an image can be built: Debian's podman and its parts.
const {spawnSync} = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const {environment, root, work} = require('./podman.cjs');

const TOOLS = ['podman', 'runc', 'conmon', 'mmdebstrap'];

/** Installs what is missing and writes podman's settings. @throws Error that says why not. */
function prepare() {
  const missing = TOOLS.filter((tool) => !isThere(tool));
  if (missing.length > 0) install(missing);
  fs.mkdirSync(path.join(work, 'tmp'), {recursive: true});
  shell('. integration_tests/images/env.sh');
  shell('integration_tests/images/base-stand-in.sh amd64');
}

const isThere = (tool) =>
  ['/usr/bin', '/usr/sbin', '/usr/local/bin'].some((folder) =>
    fs.existsSync(path.join(folder, tool)),
  );

function install(missing) {
  if (!fs.existsSync('/usr/bin/apt-get')) {
    throw new Error(`This needs Debian, or ${missing.join(', ')} installed already.`);
  }
  if (process.getuid() !== 0) {
    throw new Error(`Ask root to run: apt-get install ${missing.join(' ')}`);
  }
  process.stderr.write(`Installing ${missing.join(', ')} ...\n`);
  shell(
    `apt-get update -qq && apt-get install -y -qq --no-install-recommends ${TOOLS.join(' ')}`,
  );
}

/** Runs a line of bash in the checkout; its output is shown only when it fails. */
function shell(line) {
  const {status, stdout, stderr} = spawnSync('bash', ['-c', line], {
    ...{cwd: root, encoding: 'utf8', maxBuffer: 1 << 28},
    env: {...environment, DEBIAN_FRONTEND: 'noninteractive'},
  });
  if (status === 0) return stdout;
  throw new Error(`${line}: ${`${stdout}${stderr}`.trim().slice(-3000)}`);
}

module.exports = {prepare, shell};
