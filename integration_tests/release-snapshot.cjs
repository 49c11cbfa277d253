// Keeps what a version promises, before it is released: `npm run release:snapshot -- 0.1.0`
// writes spec, catalog and states of the built programs to spec/<connector>/compat/<version>/.
// Later versions are held against them. What stands there is never written again.
const {spawn, spawnSync} = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const readline = require('node:readline');

const root = path.join(__dirname, '..');
const SOURCE = 'sources/pi/bin/source-pi';
const DESTINATION = 'destination-unity/bin/destination-unity';
const SIMULATOR = 'integration_tests/pi-simulator/bin/pi-simulator';

/** The plant behind the states. Two of its points cannot be read: they become laggards. */
const PLANT = {
  serve: [
    ...['--seed', '7', '--plants', '2', '--points', '24', '--history-days', '2'],
    ...['--now', '2026-03-02T06:00:00Z'],
  ],
  faults: [
    {match: 'U1.TI-001', on: 'stream', status: 403, scope: 'whole'},
    {match: 'U2.LI-004', on: 'stream', status: 500, scope: 'whole'},
  ],
  config: {start_date: '2026-02-28T06:00:00Z', settle_seconds: 0},
};
/** What is read, under the name that its states get; `midway` keeps an earlier state too. */
const READS = [
  {name: '', config: {}},
  {name: '.hold-back', config: {snapshot: 'hold_back'}, streams: ['timeseries']},
];

async function main([version]) {
  check(version);
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'snapshot-'));
  const [spec] = messages(DESTINATION, ['spec'], 'SPEC');
  write(`destination-unity/compat/${version}/spec.json`, spec.spec);
  await snapshotSource(`source-pi/compat/${version}`, work);
  fs.rmSync(work, {recursive: true, force: true});
}

function check(version) {
  if (!/^\d+\.\d+\.\d+$/.test(version ?? '')) stop('Name the version, such as 0.1.0.');
  for (const [folder, name] of [
    ['sources/pi', 'source-pi'],
    ['destination-unity', 'destination-unity'],
  ]) {
    const own = JSON.parse(read(`${folder}/package.json`)).version;
    const tag = /dockerImageTag: (\S+)/.exec(read(`spec/${name}/metadata.yaml`))?.[1];
    if (own !== version || tag !== version) {
      stop(
        `${name} is version ${own} and its metadata says ${tag}: set both to ${version}.`,
      );
    }
    const kept = `spec/${name}/compat/${version}`;
    if (fs.existsSync(path.join(root, kept))) {
      stop(`${kept} is there already. What was released is not written again.`);
    }
  }
}

async function snapshotSource(folder, work) {
  const [spec] = messages(SOURCE, ['spec'], 'SPEC');
  write(`${folder}/spec.json`, spec.spec);
  write(`${folder}/plant.json`, PLANT);
  const faults = file(work, 'faults.json', PLANT.faults);
  const simulator = await serve([...PLANT.serve, '--faults', faults]);
  try {
    for (const {name, config, streams} of READS) {
      const documents = {work, config: {...sourceConfig(simulator), ...config}};
      const catalog = discovered(documents);
      if (name === '') write(`${folder}/catalog.json`, catalog);
      const states = statesOf(documents, configured(catalog, streams));
      for (const [stream, said] of states) {
        write(`${folder}/states/${stream}${name}.json`, [said.at(-1)]);
        const midway = said.find(
          ({stream: {stream_state}}) => 'window' in stream_state,
        );
        if (midway) write(`${folder}/states/${stream}${name}.midway.json`, [midway]);
      }
    }
  } finally {
    simulator.child.kill();
  }
}

function sourceConfig({url, username, password}) {
  const credentials = {auth_type: 'basic', username, password};
  return {...PLANT.config, base_url: url, credentials};
}

function discovered({work, config}) {
  const args = ['discover', '--config', file(work, 'config.json', config)];
  return messages(SOURCE, args, 'CATALOG')[0].catalog;
}

/** Every state of each stream, in the order in which they came. */
function statesOf({work, config}, catalog) {
  const said = messages(
    SOURCE,
    [
      ...['read', '--config', file(work, 'config.json', config)],
      ...['--catalog', file(work, 'catalog.json', catalog)],
    ],
    'STATE',
  );
  const states = new Map();
  for (const {state} of said) {
    const {name} = state.stream.stream_descriptor;
    // Counts belong to the message; what the platform keeps and hands back has them too.
    states.set(name, [...(states.get(name) ?? []), state]);
  }
  return states;
}

function configured({streams}, names) {
  return {
    streams: streams
      .filter(({name}) => names === undefined || names.includes(name))
      .map((stream) => ({
        stream,
        sync_mode: stream.supported_sync_modes.includes('incremental')
          ? 'incremental'
          : 'full_refresh',
        destination_sync_mode: 'append',
      })),
  };
}

function messages(program, args, type) {
  const {stdout} = spawnSync(process.execPath, [path.join(root, program), ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: {...process.env, CHECKPOINT_INTERVAL_SECONDS: '0'},
  });
  const lines = stdout
    .split('\n')
    .filter((line) => line.startsWith(`{"type":"${type}"`));
  if (lines.length === 0) stop(`${program} ${args[0]} said no ${type}.`);
  return lines.map((line) => JSON.parse(line));
}

async function serve(args) {
  const child = spawn(
    process.execPath,
    [path.join(root, SIMULATOR), 'serve', ...args],
    {stdio: ['ignore', 'pipe', 'inherit']},
  );
  for await (const line of readline.createInterface({input: child.stdout})) {
    return {...JSON.parse(line), child};
  }
  return stop('The simulator did not start.');
}

function file(folder, name, content) {
  fs.writeFileSync(path.join(folder, name), JSON.stringify(content));
  return path.join(folder, name);
}

function write(name, content) {
  const target = path.join(root, 'spec', name);
  fs.mkdirSync(path.dirname(target), {recursive: true});
  fs.writeFileSync(target, `${JSON.stringify(content, null, 2)}\n`);
  process.stdout.write(`spec/${name}\n`);
}

function read(name) {
  return fs.readFileSync(path.join(root, name), 'utf8');
}

function stop(reason) {
  process.stderr.write(`${reason}\n`);
  return process.exit(1);
}

void main(process.argv.slice(2));
