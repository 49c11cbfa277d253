// A plant on this machine: the simulator as PI Web API, its truth, and the documents that
// a sync of it takes.
const {spawn, spawnSync} = require('node:child_process');
const {once} = require('node:events');
const fs = require('node:fs');
const path = require('node:path');
const {createInterface} = require('node:readline');

const {compare, configuredCatalog, discover, executable, LakeReader} = require('demo');

const {work} = require('./podman.cjs');
const {expect} = require('./report.cjs');

/** About half a million events. */
const PLANT = [
  '--seed',
  '6',
  '--points',
  '100',
  '--history-start',
  '2026-03-01T00:00:00Z',
];
const NOW = '2026-03-06T00:00:00Z';
/** Before any of it. */
const START = '2026-02-01T00:00:00Z';

/** The streams whose every row has a truth. */
const STREAMS = ['timeseries', 'event_frames', 'af_elements'];

/** Starts the simulator; its greeting says address, account and, with TLS, authority. */
async function startPlant(options = []) {
  const child = spawn(
    process.execPath,
    [executable('pi-simulator'), 'serve', ...PLANT, '--now', NOW, ...options],
    {stdio: ['ignore', 'pipe', 'inherit']},
  );
  const [line] = await once(createInterface({input: child.stdout}), 'line');
  const greeting = JSON.parse(line);
  return {...greeting, stop: () => child.kill()};
}

/** The source's settings for a plant. */
function sourceConfig({url, username, password}, more = {}) {
  return {
    base_url: url,
    credentials: {auth_type: 'basic', username, password},
    start_date: START,
    settle_seconds: 0,
    ...more,
  };
}

/**
 * A folder for one sync, with its documents where a container finds them. `flush`: when
 * rows are written to the tables; left out, as for a user who sets nothing.
 */
function documents(name, {plant, streams = STREAMS, flush}) {
  const folder = path.join(work, 'syncs', name);
  fs.rmSync(folder, {recursive: true, force: true});
  fs.mkdirSync(path.join(folder, 'lake'), {recursive: true});
  catalogStreams ??= discover(folder, sourceConfig(plant, trust(plant)));
  const chosen = catalogStreams.filter((each) => streams.includes(each.name));
  const write = (file, content) =>
    fs.writeFileSync(path.join(folder, file), JSON.stringify(content));
  write('source.json', sourceConfig(plant));
  write('catalog.json', configuredCatalog(chosen, 1));
  write('destination.json', {
    ...{catalog: 'main', schema: 'plant', engine: {type: 'local', path: '/local/lake'}},
    ...(flush && {flush}),
  });
  // As 1000 inside, whoever calls.
  spawnSync('chmod', ['-R', 'a+rwX', folder]);
  return {
    folder,
    write,
    mounts: ['-v', `${folder}:/secrets:ro`, '-v', `${folder}:/local`],
  };
}

let catalogStreams;

const trust = ({ca_certificate: certificate}) =>
  certificate === undefined ? {} : {network: {ca_certificate: certificate}};

const truths = new Map();

/** @returns the file of what the plant holds of a stream, told without HTTP. */
function truth(stream) {
  if (!truths.has(stream)) {
    const file = path.join(work, 'tmp', `truth-${stream}.jsonl`);
    const {status} = spawnSync(
      process.execPath,
      [
        ...[executable('pi-simulator'), 'truth', ...PLANT, '--now', NOW],
        ...['--from', START, '--to', NOW, '--stream', stream],
      ],
      {stdio: ['ignore', fs.openSync(file, 'w'), 'inherit']},
    );
    expect(status === 0, 'the truth is told', `${status}`);
    truths.set(stream, file);
  }
  return truths.get(stream);
}

/** Compares every column of every row of a sync's tables with the plant. */
async function tablesEqualTruth(folder, streams = STREAMS) {
  const lake = await LakeReader.open(path.join(folder, 'lake', 'main', 'plant'));
  const seen = [];
  for (const stream of streams) {
    await lake.refresh(stream);
    const {inTruth, inTable, missing, surplus} = await compare(
      lake,
      stream,
      truth(stream),
    );
    expect(
      inTruth > 0 && missing === 0 && surplus === 0,
      `${stream} is as in the plant (${inTruth} rows)`,
      `${inTable} rows, ${missing} missing, ${surplus} surplus`,
    );
    seen.push(`${stream} ${inTable}`);
  }
  return `${seen.join(', ')} rows, each column as in the plant`;
}

/** How many rows a table of a sync holds now. */
async function rowsOf(folder, stream) {
  const lake = await LakeReader.open(path.join(folder, 'lake', 'main', 'plant'));
  await lake.refresh(stream);
  return lake.number(`SELECT count(*) FROM ${stream}`);
}

module.exports = {
  ...{documents, rowsOf, sourceConfig, startPlant, STREAMS, tablesEqualTruth, truth},
};
