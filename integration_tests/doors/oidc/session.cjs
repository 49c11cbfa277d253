// A way in, tried by source-pi: what `check` says of it, what a read brings, and whether
// anything of a secret was printed on the way.
const assert = require('node:assert/strict');

const {digest} = require('../kerberos/stand.cjs');

const STREAMS = ['timeseries', 'af_elements', 'event_frames'];

/** `base_url`: the door before the plant of the ground. */
function session(ground, base_url) {
  const printed = [];
  const run = async (args, {credentials, url = base_url, load, ...given}) => {
    const config = ground.configOf(url, credentials, load ? {load} : {});
    const ended = await ground.sourcePi(args, {config, ...given});
    printed.push(ended.stdout, ended.stderr);
    return ended;
  };
  /** The status that `check` gives. */
  const check = async (credentials, url) => {
    const ended = await run(['check'], {credentials, url});
    const {connectionStatus} =
      ended.messages.find(({type}) => type === 'CONNECTION_STATUS') ?? {};
    assert.ok(connectionStatus, `no status: ${ended.stdout}${ended.stderr}`);
    return connectionStatus;
  };
  const attempt = async (credentials, {streams = STREAMS, ...more} = {}) => {
    const discovered = await run(['discover'], {credentials});
    const {catalog} = discovered.messages.find(({type}) => type === 'CATALOG') ?? {};
    assert.ok(catalog, discovered.stdout);
    const chosen = catalog.streams.filter(({name}) => streams.includes(name));
    return await run(['read'], {credentials, catalog: configured(chosen), ...more});
  };
  const read = async (credentials, more) => {
    const ended = await attempt(credentials, more);
    assert.equal(ended.exit, 0, ended.stdout.slice(-2000));
    return ended;
  };
  return {
    check,
    read,
    /** A read that may fail. */
    attempt,
    printed: () => printed.join('\n'),
    letsIn: async (credentials, url) => {
      const {status, message} = await check(credentials, url);
      assert.equal(status, 'SUCCEEDED', message);
    },
    /** What is said must be the text of this row, and hold these words. */
    refuses: async (credentials, {row, says = '', url}) => {
      const {status, message} = await check(credentials, url);
      assert.equal(status, 'FAILED');
      for (const part of row.text.split(/\{\w+\}/))
        assert.ok(message.includes(part), `${row.id} expected, but: ${message}`);
      assert.ok(message.includes(says), message);
      return message;
    },
  };
}

function configured(streams) {
  return {
    streams: streams.map((stream) => ({
      ...{stream, sync_mode: 'full_refresh', destination_sync_mode: 'append'},
      ...{generation_id: 1, minimum_generation_id: 0, sync_id: 1},
    })),
  };
}

/** The same plant read with no door before it: what must come out. */
async function truth(ground, streams = STREAMS) {
  const plain = session(ground, ground.simulator);
  return digest(await plain.read({auth_type: 'anonymous'}, {streams}));
}

module.exports = {digest, session, truth};
