// What source-pi says of a way there, and that what comes over it is whole.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');

const {configuredCatalog} = require('demo');

const ANONYMOUS = {auth_type: 'anonymous'};
const STREAMS = ['timeseries', 'af_elements'];

/** The settings for a way to the plant that ends at `base`. */
function configFor(ground, base, network = {}) {
  return ground.configOf(`${base}/piwebapi`, ANONYMOUS, {network});
}

/**
 * Runs `check` and compares what it says: `SUCCEEDED`, or words of the failure.
 * @returns the message.
 */
async function says(ground, config, {expected, env, hidden = []}) {
  const ended = await ground.sourcePi(['check'], {config, env});
  keepsSecret(ended, hidden);
  const found = ended.messages.find(({type}) => type === 'CONNECTION_STATUS');
  const {status, message} = found?.connectionStatus ?? {status: 'none'};
  assert.equal(ended.exit, 0, ended.stdout + ended.stderr);
  if (expected === 'SUCCEEDED') assert.equal(status, 'SUCCEEDED', message);
  else {
    assert.equal(status, 'FAILED', message);
    assert.match(message, expected);
  }
  return message;
}

/** Runs `check`, which must refuse the settings themselves, without opening a connection. */
async function refuses(ground, config, {expected, hidden = []}) {
  const ended = await ground.sourcePi(['check'], {config});
  keepsSecret(ended, hidden);
  assert.match(ended.stdout + ended.stderr, expected);
  assert.doesNotMatch(ended.stdout, /SUCCEEDED/);
}

/** Reads over a way, and straight from the plant: the same records. */
async function readsWhole(ground, config, {env, hidden = []} = {}) {
  const straight = ground.configOf(ground.simulator, ANONYMOUS);
  ground.straight ??= await records(ground, straight, {});
  const {read, ended} = await recordsOf(ground, config, env);
  keepsSecret(ended, hidden);
  assert.ok(ground.straight.length > 1000, `${ground.straight.length} records`);
  assert.deepEqual(read, ground.straight);
  return `${read.length} records, as by the straight way`;
}

async function records(ground, config, env) {
  return (await recordsOf(ground, config, env)).read;
}

async function recordsOf(ground, config, env = {}) {
  const ended = await read(ground, config, env);
  assert.equal(ended.exit, 0, ended.stdout.slice(-2000) + ended.stderr);
  const records = recordsAmong(ended)
    .map(({record}) => JSON.stringify([record.stream, record.data]))
    .sort();
  return {read: records, ended};
}

/** Reads over a way that leads nowhere: no record may come of it. */
async function readsNothing(ground, config, env = {}) {
  const ended = await read(ground, config, env);
  assert.deepEqual(recordsAmong(ended), []);
  return ended;
}

async function read(ground, config, env) {
  const discovered = await ground.sourcePi(['discover'], {config});
  const {streams} = discovered.messages.find(({type}) => type === 'CATALOG').catalog;
  const chosen = streams.filter(({name}) => STREAMS.includes(name));
  const catalog = configuredCatalog(chosen, 1);
  return await ground.sourcePi(['read'], {config, catalog, env});
}

const recordsAmong = ({messages}) => messages.filter(({type}) => type === 'RECORD');

/** None of the secrets is in what was printed, in any form that a log might have. */
function keepsSecret({stdout, stderr}, secrets) {
  for (const secret of secrets) {
    for (const form of formsOf(secret)) {
      for (const text of [stdout, stderr]) {
        assert.ok(!text.includes(form), `a secret shows as ${form.slice(0, 4)}…`);
      }
    }
  }
}

function formsOf(secret) {
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  const escaped = JSON.stringify(secret).slice(1, -1);
  return [secret, encodeURIComponent(secret), base64, escaped];
}

/** No file below a folder has the secret in its name. */
function namesNoFile(folder, secrets) {
  const names = fs.readdirSync(folder, {recursive: true}).join('\n');
  for (const secret of secrets) {
    for (const form of formsOf(secret)) {
      assert.ok(!names.includes(form), path.basename(folder));
    }
  }
}

module.exports = {
  configFor,
  keepsSecret,
  namesNoFile,
  readsNothing,
  readsWhole,
  refuses,
  says,
};
