// Whole syncs inside 512 MB: a read and a write of half a million events, cut by signals,
// and the tables afterwards against the plant.
const {once} = require('node:events');
const fs = require('node:fs');
const path = require('node:path');
const {createInterface} = require('node:readline');
const {pipeline} = require('node:stream/promises');

const {imageOf} = require('./build.cjs');
const {account, acknowledgements} = require('./messages.cjs');
const {
  documents,
  rowsOf,
  startPlant,
  tablesEqualTruth,
  truth,
  STREAMS,
} = require('./plant.cjs');
const {megabytes, start, work} = require('./podman.cjs');
const {check, expect} = require('./report.cjs');

const SOURCE = imageOf('source-pi');
const DESTINATION = imageOf('destination-unity');
const READ = [
  'read',
  '--config',
  '/secrets/source.json',
  '--catalog',
  '/secrets/catalog.json',
];
const WRITE = [
  'write',
  '--config',
  '/secrets/destination.json',
  '--catalog',
  '/secrets/catalog.json',
];
/** So that something is acknowledged before the signal comes. */
const OFTEN = {megabytes: 1, seconds: 1};
const KEYED = ['timeseries', 'event_frames'];

async function syncChecks() {
  const plant = await startPlant();
  try {
    const whole = documents('whole', {plant});
    const messages = path.join(whole.folder, 'messages.jsonl');
    await check('source-pi: a whole read within 512 MB', () =>
      wholeRead(whole, messages),
    );
    await check('destination-unity: a whole write within 512 MB', () =>
      wholeWrite(whole, messages),
    );
    await check(
      'source-pi: SIGTERM in a read, and the read that goes on from its states',
      () => cutRead(plant),
    );
    await cutWrites(plant);
  } finally {
    plant.stop();
  }
}

/** One lake, into which three destinations write: two are cut off, the third is let be. */
async function cutWrites(plant) {
  const sync = documents('cut-write', {plant, streams: KEYED, flush: OFTEN});
  const messages = path.join(sync.folder, 'messages.jsonl');
  await joined(messages);
  for (const signal of ['TERM', 'KILL']) {
    await check(
      `destination-unity: SIG${signal} in a write keeps what was acknowledged`,
      () => cutWrite(sync, messages, signal),
    );
  }
  await check(
    'destination-unity: the write after the killed ones ends as in the plant',
    async () => {
      const {status, stderr} = await write(sync, messages);
      expect(status === 0, 'exit code 0', `${status}: ${stderr}`);
      return tablesEqualTruth(sync.folder, KEYED);
    },
  );
}

/** The two reads of `cutRead` as one with a state in the middle. */
async function joined(file) {
  const folder = path.join(work, 'syncs', 'cut-read');
  const out = fs.createWriteStream(file);
  const first = fs.createReadStream(path.join(folder, 'first.jsonl'));
  for await (const line of createInterface({input: first})) {
    if (!/^\{"type":"(RECORD|STATE)"/.test(line)) continue;
    if (!out.write(`${line}\n`)) await once(out, 'drain');
  }
  await pipeline(fs.createReadStream(path.join(folder, 'second.jsonl')), out);
}

async function wholeRead({folder, mounts}, file) {
  const {status, stderr, ...memory} = await readInto(file, READ, mounts);
  expect(status === 0, 'exit code 0', `${status}: ${stderr}`);
  const {records, broken} = await account(file);
  expect(broken === 0, 'each line is whole', `${broken} are not`);
  for (const stream of STREAMS) {
    const told = await lines(truth(stream));
    expect(
      records[stream] === told,
      `${told} records of ${stream}`,
      `${records[stream]}`,
    );
  }
  return `${records.timeseries} events, ${held(memory)}`;
}

async function wholeWrite(sync, messages) {
  const {status, stderr, ...memory} = await write(sync, messages);
  expect(status === 0, 'exit code 0', `${status}: ${stderr}`);
  return `${await tablesEqualTruth(sync.folder)}, ${held(memory)}`;
}

/** A sync in two reads: the second begins with what the first has said last. */
async function cutRead(plant) {
  const sync = documents('cut-read', {plant, streams: KEYED});
  const first = path.join(sync.folder, 'first.jsonl');
  const second = path.join(sync.folder, 'second.jsonl');
  const ended = await readInto(
    first,
    READ,
    sync.mounts,
    whenLarger(first, 30e6, 'TERM'),
  );
  expect(ended.status === 143, 'exit code 143', `${ended.status}: ${ended.stderr}`);
  const {states, broken} = await account(first);
  expect(broken === 0, 'each line is whole', `${broken} are not`);
  expect(states.size > 0, 'a state before the end', '');
  sync.write('state.json', [...states.values()].map(asInput));
  const resumed = await readInto(
    second,
    [...READ, '--state', '/secrets/state.json'],
    sync.mounts,
  );
  expect(resumed.status === 0, 'exit code 0', `${resumed.status}: ${resumed.stderr}`);
  for (const file of [first, second]) await write(sync, file);
  const {records} = await account(second);
  return `${records.timeseries} events after the signal, ${await tablesEqualTruth(sync.folder, KEYED)}`;
}

const asInput = (state) => ({type: 'STREAM', stream: state.stream});

/** Signals a destination that has acknowledged something, and counts its table. */
async function cutWrite(sync, messages, signal) {
  const stdin = fs.openSync(messages, 'r');
  const running = start(DESTINATION, WRITE, {stdin, options: sync.mounts});
  const {rows, first} = acknowledgements(running.child.stdout);
  await Promise.race([first, running.ended]);
  running.signal(signal);
  const {status, stderr} = await running.ended;
  fs.closeSync(stdin);
  const wanted = {TERM: 143, KILL: 137}[signal];
  expect(status === wanted, `exit code ${wanted}`, `${status}: ${stderr}`);
  for (const [stream, acknowledged] of rows) {
    const held = await rowsOf(sync.folder, stream);
    expect(
      held >= acknowledged,
      `${acknowledged} acknowledged rows of ${stream}`,
      `${held}`,
    );
  }
  const [[stream, count]] = rows;
  return `${count} rows of ${stream} acknowledged, ${await rowsOf(sync.folder, stream)} in the table`;
}

/** Reads into a file; `meanwhile` may look at the running container. */
async function readInto(file, command, options, meanwhile = () => undefined) {
  const stdout = fs.openSync(file, 'w');
  const running = start(SOURCE, command, {stdout, options});
  fs.closeSync(stdout);
  const stopLooking = meanwhile(running);
  const ended = await running.ended;
  stopLooking?.();
  return ended;
}

/** Signals once the output has reached a size: in the middle of its work, whatever the speed. */
function whenLarger(file, bytes, signal) {
  return (running) => {
    const timer = setInterval(() => {
      if (fs.statSync(file).size < bytes) return;
      clearInterval(timer);
      running.signal(signal);
    }, 20);
    return () => clearInterval(timer);
  };
}

async function write(sync, messages) {
  const stdin = fs.openSync(messages, 'r');
  const running = start(DESTINATION, WRITE, {
    stdin,
    stdout: 'ignore',
    options: sync.mounts,
  });
  const ended = await running.ended;
  fs.closeSync(stdin);
  return ended;
}

async function lines(file) {
  let count = 0;
  for await (const chunk of fs.createReadStream(file)) {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1))
      count += 1;
  }
  return count;
}

const held = ({peakBytes, residentBytes}) =>
  `at most ${megabytes(peakBytes)} with file cache, ${megabytes(residentBytes)} without`;

module.exports = {READ, readInto, syncChecks, WRITE};
