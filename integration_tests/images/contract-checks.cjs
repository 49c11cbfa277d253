// What Airbyte asks of an image: its commands under strict settings, labels, environment,
// user, and a file system that stays closed.
const fs = require('node:fs');
const path = require('node:path');

const {imageOf, versionOf} = require('./build.cjs');
const {must, podman, root, run, runProgram, work} = require('./podman.cjs');
const {check, expect} = require('./report.cjs');

/** A configuration that is valid and leads nowhere. */
const CONFIGS = {
  'source-pi': {
    base_url: 'http://127.0.0.1:9/piwebapi',
    credentials: {auth_type: 'basic', username: 'u', password: 'p'},
    start_date: '2026-01-01T00:00:00Z',
  },
  'destination-unity': {engine: {type: 'local', path: '/local/lake'}},
};
/** What `check` says of it. */
const VERDICTS = {'source-pi': 'FAILED', 'destination-unity': 'SUCCEEDED'};
const SPEC = '"type":"SPEC"';

async function contractChecks(connector) {
  const image = imageOf(connector);
  const folder = secretsOf(connector);
  const named = (what, act) => check(`${connector}: ${what}`, act);

  await named('spec', () => says(run(image, ['spec']), 0, SPEC));
  await named('spec through AIRBYTE_ENTRYPOINT in a shell, from another folder', () => {
    const shell = ['sh', '-c', 'cd /tmp && eval "$AIRBYTE_ENTRYPOINT spec"'];
    says(runProgram(image, shell), 0, SPEC);
  });
  await named('check with a configuration mounted read-only', () => {
    const ended = run(image, ['check', '--config', '/secrets/config.json'], folder);
    says(ended, 0, `"status":"${VERDICTS[connector]}"`);
  });
  await named('check without its configuration: exit code 1 and a TRACE', () =>
    says(run(image, ['check', '--config', '/secrets/none.json']), 1, '"type":"TRACE"'),
  );
  await named('an unknown command fails', () => {
    const {status} = run(image, ['dance']);
    expect(status > 0 && status < 125, 'the connector itself refuses it', `${status}`);
  });
  await labels(connector, named);
  await closedFileSystem(image, named);
  await limits(image, named);
}

async function labels(connector, named) {
  const image = imageOf(connector);
  await named(
    'labels, entrypoint, environment and user are those Airbyte asks for',
    () => {
      const {Config: config, Architecture: architecture} = JSON.parse(
        must(['image', 'inspect', image]),
      )[0];
      const metadata = metadataOf(connector);
      const environment = config.Env.find((each) =>
        each.startsWith('AIRBYTE_ENTRYPOINT='),
      );
      expect(
        config.Labels['io.airbyte.name'] === metadata.dockerRepository,
        'the name is that of metadata.yaml',
        config.Labels,
      );
      expect(
        config.Labels['io.airbyte.version'] === metadata.dockerImageTag,
        'the version is that of metadata.yaml',
        config.Labels,
      );
      expect(
        metadata.dockerImageTag === versionOf(connector),
        'metadata.yaml has the version of package.json',
        metadata,
      );
      expect(
        environment === `AIRBYTE_ENTRYPOINT=${config.Entrypoint.join(' ')}`,
        'entrypoint and environment agree',
        environment,
      );
      expect(
        config.Entrypoint.every((part) => /^[/-]/.test(part)),
        'the entrypoint is absolute',
        config.Entrypoint,
      );
      expect(config.User === '1000:1000', 'the user is 1000', config.User);
      return `${config.Labels['io.airbyte.name']}:${config.Labels['io.airbyte.version']}, ${architecture}`;
    },
  );
}

/** The two facts of the registry's description that an image repeats. */
function metadataOf(connector) {
  const text = fs.readFileSync(
    path.join(root, 'spec', connector, 'metadata.yaml'),
    'utf8',
  );
  const fact = (name) =>
    new RegExp(`^ *${name}: *['"]?([^\\s'"]+)`, 'm').exec(text)?.[1];
  return {
    dockerRepository: fact('dockerRepository'),
    dockerImageTag: fact('dockerImageTag'),
  };
}

async function closedFileSystem(image, named) {
  const shell = (line, options) => runProgram(image, ['sh', '-c', line], options);
  await named('runs as 1000, with a root that cannot be written', () => {
    const {stdout} = shell(
      'id -u; touch /airbyte/x /x /root/x 2>/dev/null && echo open',
    );
    expect(stdout === '1000\n', 'uid 1000 and nothing written', stdout);
  });
  await named('spec where even /tmp cannot be written', () =>
    says(run(image, ['spec'], ['--read-only-tmpfs=false']), 0, SPEC),
  );
  await named('no compiler, registry settings, tests, types or maps inside', () => {
    const {stdout} = shell(
      'command -v g++ cc make python3; ls /root/.npmrc /usr/local/etc/npmrc /airbyte/.npmrc /build 2>/dev/null;' +
        ' find /airbyte \\( -name "*.test.js" -o -name "*.stand-in.js" -o -name "*.d.ts" -o -name "*.map"' +
        ' -o -name "*.tsbuildinfo" -o -name "*.cc" -o -name "*.o" \\) | head;' +
        ' find /airbyte/airbyte-cdk-ts /airbyte/sources /airbyte/destination-unity -path "*testing*" -o -name "*trial.*stand*" 2>/dev/null | head;' +
        ' find / -xdev -name "*npmrc*" -size +0 -not -path "/usr/local/lib/node_modules/npm/*" -not -path "/proc/*" 2>/dev/null',
    );
    expect(stdout === '', 'nothing of it is there', stdout);
  });
  await named('every file of ours loads, and every module it asks for', () =>
    says(runProgram(image, ['node', '-e', LOAD_ALL]), 0, ' files loaded'),
  );
}

/** Requires each of our files but those that begin to work when they are loaded. */
const LOAD_ALL = `
  const fs = require('node:fs'), path = require('node:path');
  let count = 0;
  const enter = (folder) => {
    for (const entry of fs.readdirSync(folder, {withFileTypes: true})) {
      const place = path.join(folder, entry.name);
      if (entry.isDirectory()) { if (entry.name !== 'node_modules') enter(place); }
      else if (/\\.js$/.test(place) && !/worker\\.js$/.test(place)) { require(place); count += 1; }
    }
  };
  enter('/airbyte');
  console.log(count + ' files loaded');
  process.exit(0);`;

async function limits(image, named) {
  await named('takes the limit of its memory from the container', () => {
    const heap = 'Math.round(require("v8").getHeapStatistics().heap_size_limit / 1e6)';
    const {stdout} = runProgram(image, ['node', '-p', heap], ['--memory', '512m']);
    expect(
      Number(stdout) > 128 && Number(stdout) < 400,
      'a heap below the limit',
      stdout,
    );
    return `heap of at most ${stdout.trim()} MB in 512 MB`;
  });
}

function says({status, stdout, stderr}, wanted, text) {
  expect(status === wanted, `exit code ${wanted}`, `${status}: ${stdout}${stderr}`);
  expect(stdout.includes(text), `an answer with ${text}`, `${stdout}${stderr}`);
}

/** A folder with the configuration, mounted as a platform does. */
function secretsOf(connector) {
  const folder = path.join(work, 'tmp', `secrets-${connector}`);
  fs.mkdirSync(folder, {recursive: true});
  fs.chmodSync(folder, 0o755);
  const file = path.join(folder, 'config.json');
  fs.writeFileSync(file, JSON.stringify(CONFIGS[connector]), {mode: 0o644});
  // /local is a volume, as in Airbyte.
  podman(['volume', 'rm', '-f', 'images-suite-local']);
  return ['-v', `${folder}:/secrets:ro`, '-v', 'images-suite-local:/local'];
}

module.exports = {contractChecks, says};
