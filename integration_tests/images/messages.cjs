// The lines of a connector's output, as far as a platform looks at them.
const fs = require('node:fs');
const {createInterface} = require('node:readline');

/** Counts a file of messages and keeps the last state of each stream. */
async function account(file) {
  const found = {lines: 0, broken: 0, records: {}, states: new Map(), statuses: []};
  for await (const line of createInterface({input: fs.createReadStream(file)})) {
    found.lines += 1;
    if (line.startsWith('{"type":"RECORD"')) countRecord(found, line);
    else countOther(found, line);
  }
  return found;
}

const STREAM = /"stream":"([^"]+)"/;

function countRecord(found, line) {
  const stream = STREAM.exec(line)?.[1];
  found.records[stream] = (found.records[stream] ?? 0) + 1;
  if (!line.endsWith('}}')) found.broken += 1;
}

function countOther(found, line) {
  const message = parsed(line);
  if (message === undefined) found.broken += 1;
  if (message?.type === 'STATE') {
    found.states.set(message.state.stream.stream_descriptor.name, message.state);
  }
  const status = message?.trace?.stream_status;
  if (status) found.statuses.push(`${status.stream_descriptor.name} ${status.status}`);
}

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Listens to a destination: what it has acknowledged, per stream. */
function acknowledgements(stdout) {
  const rows = new Map();
  let wake;
  const first = new Promise((resolve) => (wake = resolve));
  createInterface({input: stdout}).on('line', (line) => {
    const state = parsed(line)?.state;
    const count = state?.destinationStats?.recordCount ?? 0;
    if (count === 0) return;
    const {name} = state.stream.stream_descriptor;
    rows.set(name, (rows.get(name) ?? 0) + count);
    wake();
  });
  return {rows, first};
}

module.exports = {account, acknowledgements};
