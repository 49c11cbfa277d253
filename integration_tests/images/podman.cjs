// Podman as these checks use it: its settings, one strict way to run a container, and the
// memory that a container took at most.
const {spawn, spawnSync} = require('node:child_process');
const {once} = require('node:events');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..', '..');
const work = path.join(root, '.suites', 'images');

/** Settings as env.sh writes them, for every program that is started here. */
const environment = {
  ...process.env,
  CONTAINERS_CONF: path.join(work, 'containers.conf'),
  CONTAINERS_STORAGE_CONF: path.join(work, 'storage.conf'),
  TMPDIR: path.join(work, 'tmp'),
  PATH: `${path.join(__dirname, 'docker-shim')}:${process.env.PATH}`,
};

/** As the strictest platform would start a connector; `--timeout` ends what hangs. */
const STRICT = [
  ...['--rm', '-i', '--timeout', '900', '--pull=never', '--read-only'],
  ...['--user', '1000:1000', '--cap-drop', 'all'],
  ...['--security-opt', 'no-new-privileges', '--log-driver', 'none'],
];
const LIMIT = ['--memory', '512m', '--memory-swap', '512m'];

/** @returns exit code and both outputs of one podman command. */
function podman(args, {input, cwd} = {}) {
  const {status, stdout, stderr} = spawnSync('podman', args, {
    ...{
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: environment,
      input: input ?? '',
      cwd,
    },
  });
  return {status, stdout: stdout ?? '', stderr: stderr ?? ''};
}

/** @throws Error with podman's own words when it fails. */
function must(args, options) {
  const {status, stdout, stderr} = podman(args, options);
  if (status !== 0) throw new Error(`podman ${args[0]}: ${stderr.trim().slice(-2000)}`);
  return stdout.trim();
}

/** One short run of a connector under the strict settings; without any network unless told. */
function run(image, command, options = []) {
  const network = options.includes('--network') ? [] : ['--network', 'none'];
  return podman(['run', ...STRICT, ...network, ...options, image, ...command]);
}

/** The same with another program in the image: a shell, or node. */
function runProgram(image, [program, ...args], options = []) {
  return run(image, args, ['--entrypoint', program, ...options]);
}

let containers = 0;

/**
 * A long run: strict, on the host's network, within 512 MB. `stdin` and `stdout` are
 * streams or files; `ended` gives the exit code and the most memory it held.
 */
function start(image, command, {stdin = 'ignore', stdout = 'pipe', options = []} = {}) {
  const name = `images-suite-${process.pid}-${(containers += 1)}`;
  const errors = path.join(work, 'tmp', `${name}.stderr`);
  const stderr = fs.openSync(errors, 'w');
  const child = spawn(
    'podman',
    [
      ...['run', ...STRICT, ...LIMIT, '--network', 'host', '--name', name],
      ...[...options, image, ...command],
    ],
    {stdio: [stdin, stdout, stderr], env: environment},
  );
  fs.closeSync(stderr);
  const watch = watchMemory(name);
  const ended = once(child, 'close').then(([status]) => ({
    ...{status, stderr: fs.readFileSync(errors, 'utf8'), ...watch.stop()},
  }));
  return {name, child, ended, signal: (signal) => must(['kill', '-s', signal, name])};
}

/** Reads the control group of a container, of either version, until it is gone. */
function watchMemory(name) {
  let group;
  const most = {peakBytes: 0, residentBytes: 0};
  const look = () => {
    group ??= groupOf(name);
    if (group === undefined) return;
    const stat = read(path.join(group.folder, 'memory.stat')) ?? '';
    const peak = Number(read(path.join(group.folder, group.peak)));
    const resident = Number(group.resident.exec(stat)?.[1]);
    most.peakBytes = Math.max(most.peakBytes, peak || 0);
    most.residentBytes = Math.max(most.residentBytes, resident || 0);
  };
  const timer = setInterval(look, 100);
  return {
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}

function groupOf(name) {
  const {status, stdout} = podman(['inspect', '--format', '{{.State.Pid}}', name]);
  const pid = Number(stdout.trim());
  if (status !== 0 || !(pid > 0)) return undefined;
  const groups = read(`/proc/${pid}/cgroup`) ?? '';
  const older = /^\d+:memory:(.*)$/m.exec(groups)?.[1];
  if (older !== undefined) {
    return {
      folder: path.join('/sys/fs/cgroup/memory', older),
      peak: 'memory.max_usage_in_bytes',
      resident: /^total_rss (\d+)/m,
    };
  }
  const newer = /^0::(.*)$/m.exec(groups)?.[1];
  return (
    newer && {
      folder: path.join('/sys/fs/cgroup', newer),
      peak: 'memory.peak',
      resident: /^anon (\d+)/m,
    }
  );
}

function read(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

module.exports = {
  ...{environment, megabytes, must, podman, root, run, runProgram, start, work},
};
