// What the checks of a door stand on: a private folder, a plant behind no door of its own,
// and source-pi as a user would run it.
const assert = require('node:assert/strict');
const {spawn} = require('node:child_process');
const {once} = require('node:events');
const fs = require('node:fs');
const path = require('node:path');
const {createInterface} = require('node:readline');

const {executable} = require('demo');

const {Provoked} = require('./diagnosis.cjs');

const WORK = path.join(__dirname, '../../.suites/doors');
/** The plant's clock, and where what is read begins. */
const NOW = '2026-03-02T06:00:00Z';
const START = '2026-03-01T06:00:00Z';
const PLANT = ['--points', '12', '--history-days', '1', '--now', NOW];

/** A ground for the checks of one door; `provoked` hears what they say, `close` ends it all. */
async function openGround(name, provoked = new Provoked()) {
  const folder = path.join(WORK, 'runs', name);
  fs.rmSync(folder, {recursive: true, force: true});
  // What lies beside it is also run by users without rights: only the folder is private.
  fs.mkdirSync(path.dirname(folder), {recursive: true});
  fs.mkdirSync(folder, {mode: 0o700});
  const plants = [];
  const startPlant = async (...options) => {
    const plant = await serve([...PLANT, ...options]);
    plants.push(plant);
    return plant.url;
  };
  return {
    folder,
    /** Below it the packages and programs that stay from run to run. */
    work: WORK,
    simulator: await startPlant('--anonymous'),
    startPlant,
    provoked,
    sourcePi: async (args, given) => {
      const ended = await sourcePi(folder, args, given);
      provoked.hear(ended.messages);
      return ended;
    },
    configOf: (base_url, credentials, more = {}) => ({
      ...{base_url, credentials, start_date: START, settle_seconds: 0},
      ...more,
    }),
    close: async () => {
      await Promise.all(plants.map((plant) => plant.stop()));
    },
  };
}

async function serve(options) {
  const child = spawn(
    process.execPath,
    [executable('pi-simulator'), 'serve', ...options],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const exited = once(child, 'exit');
  const [line] = await Promise.race([
    once(createInterface({input: child.stdout}), 'line'),
    exited.then(() => assert.fail('The simulator did not start.')),
  ]);
  return {
    url: JSON.parse(line).url,
    stop: async () => {
      child.kill();
      await exited;
    },
  };
}

let runs = 0;

/**
 * Runs source-pi with documents in files of their own. `whileRunning` is called with the
 * process; `through` is a command that starts it.
 *
 * @returns its exit code, all it printed, and the messages among it.
 */
async function sourcePi(folder, args, given = {}) {
  const {
    env = {},
    timeoutSeconds = 180,
    whileRunning,
    through = [],
    ...documents
  } = given;
  runs += 1;
  const place = path.join(folder, `run-${runs}`);
  fs.mkdirSync(place);
  const named = Object.entries(documents).flatMap(([name, content]) => {
    const file = path.join(place, `${name}.json`);
    fs.writeFileSync(file, JSON.stringify(content));
    return [`--${name}`, file];
  });
  const command = [...through, process.execPath, executable('source-pi'), ...args];
  const child = spawn(command[0], [...command.slice(1), ...named], {
    env: {...process.env, ...env},
    timeout: timeoutSeconds * 1000,
    killSignal: 'SIGKILL',
  });
  const [stdout, stderr] = [textOf(child.stdout), textOf(child.stderr)];
  await whileRunning?.(child);
  const [exit, signal] = await once(child, 'close');
  const text = await stdout;
  return {
    exit: exit ?? signal,
    stdout: text,
    stderr: await stderr,
    messages: messagesIn(text),
  };
}

async function textOf(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

function messagesIn(text) {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

module.exports = {messagesIn, openGround};
