// compose.yaml as its own first lines tell a user to use it, word for word; podman-compose
// stands in for `docker compose`.
const {spawnSync} = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const {buildSimulator} = require('./build.cjs');
const {rowsOf} = require('./plant.cjs');
const {environment, must, podman, root, work} = require('./podman.cjs');
const {check, expect} = require('./report.cjs');
const {shell} = require('./tools.cjs');

const PODMAN_COMPOSE = '1.6.0';
const place = path.join(work, 'compose');
/** Small, and the same in every run. */
const PLANT = {POINTS: '20', HISTORY_DAYS: '2', NOW: '2026-03-06T00:00:00Z'};

async function composeChecks() {
  const [first, sync] = commands();
  await check('compose: the image of the simulator, a stand-in', buildSimulator);
  try {
    installCompose();
    layOut();
    await check(
      'compose: the simulator starts, and a catalog is made of what it offers',
      () => {
        compose(first);
        const catalog = JSON.parse(
          fs.readFileSync(path.join(place, 'connection/catalog.json')),
        );
        return `${catalog.streams.length} streams`;
      },
    );
    await check(
      'compose: source | destination | keep-state fills the volume',
      async () => {
        compose(sync);
        return countedRows();
      },
    );
    await check('compose: the next sync goes on from the kept state', async () => {
      compose(sync);
      return countedRows();
    });
  } finally {
    down();
  }
}

/** The two blocks of commands in the head of compose.yaml, but for copy and build. */
function commands() {
  const text = fs.readFileSync(path.join(root, 'compose.yaml'), 'utf8');
  const head = text.slice(0, text.indexOf('\nname:'));
  const blocks = head
    .match(/(^# {3}.*\n)+/gm)
    .map((block) => block.replace(/^#/gm, ''));
  expect(blocks.length === 2, 'compose.yaml tells two blocks of commands', head);
  return blocks.map((block) => block.replace(/^ *(cp|docker compose build).*$/gm, ''));
}

function installCompose() {
  const home = path.join(work, 'compose-environment');
  const program = path.join(home, 'bin', 'podman-compose');
  if (fs.existsSync(program)) return;
  shell(
    `python3 -m venv ${home} && ${home}/bin/pip install -q podman-compose==${PODMAN_COMPOSE}`,
  );
}

function layOut() {
  fs.rmSync(place, {recursive: true, force: true});
  fs.mkdirSync(place, {recursive: true});
  fs.copyFileSync(path.join(root, 'compose.yaml'), path.join(place, 'compose.yaml'));
  fs.cpSync(path.join(__dirname, 'connection'), path.join(place, 'connection'), {
    recursive: true,
  });
  shell(`chmod -R a+rwX ${place}/connection`);
  podman(['volume', 'rm', '-f', 'pi-to-lake_lake']);
}

function compose(script) {
  const {status, stdout, stderr} = spawnSync(
    'bash',
    ['-c', `set -eo pipefail\n${script}`],
    {
      ...{cwd: place, encoding: 'utf8', maxBuffer: 1 << 28},
      env: {
        ...environment,
        ...PLANT,
        PODMAN_COMPOSE: path.join(work, 'compose-environment', 'bin', 'podman-compose'),
        // No bridge can be made on every machine that runs this.
        LAKE_NETWORK: 'none',
      },
    },
  );
  expect(
    status === 0,
    'exit code 0',
    `${status}: ${stderr.slice(-1200)}${stdout.slice(-400)}`,
  );
}

async function countedRows() {
  const volume = must([
    'volume',
    'inspect',
    'pi-to-lake_lake',
    '--format',
    '{{.Mountpoint}}',
  ]);
  const rows = await rowsOf(volume, 'timeseries');
  const told = Number(
    must([
      ...[
        'run',
        '--rm',
        '--network',
        'none',
        'localhost/airbyte-pi-unity/pi-simulator:dev',
      ],
      ...['truth', '--points', PLANT.POINTS, '--history-days', PLANT.HISTORY_DAYS],
      ...['--now', PLANT.NOW, '--from', '2020-01-01T00:00:00Z', '--to', PLANT.NOW],
    ]).split('\n').length,
  );
  expect(rows === told, `${told} events, as in the plant`, `${rows}`);
  const states = JSON.parse(fs.readFileSync(path.join(place, 'connection/state.json')));
  expect(states.length > 0, 'states are kept', '');
  return `${rows} events, as many as in the plant; ${states.length} states kept`;
}

function down() {
  try {
    compose('docker compose down');
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
  }
  podman(['rm', '-f', '-t', '1', 'pi-to-lake_simulator_1']);
}

module.exports = {composeChecks};
