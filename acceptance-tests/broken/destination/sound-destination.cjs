#!/usr/bin/env node
// A small destination in which the harness finds no fault. Each script beside it is this
// destination with one thing changed, and is named by the check that must object.
const {readFileSync} = require('node:fs');
const {createInterface} = require('node:readline');

const {Stream} = require('./stream.cjs');

const NO_CHANGE = {
  /** Each message on its way out: the same, another, several, or none. */
  message: (message) => message,
  /** Each line on its way out. */
  text: (line) => line,
  /** The exit code of a command. */
  exit: (code) => code,
  /** Each message on its way in, with its line; undefined: it is passed over. */
  incoming: (message) => message,
  /** What a line is that is no message: passed over, or torn. */
  unreadable: (line) => (line.trimStart().startsWith('{') ? 'torn' : 'passed over'),
  /** What becomes of a torn line: the message of the failure; undefined: nothing. */
  torn: (line) => `A line of ${line.length} characters is broken.`,
  /** Each row on its way into its table, with how it is found again. */
  entry: (entry) => entry,
  /** The rows that are stored now. */
  batch: (entries) => entries,
  /** Where the rows of a stream go: `active`, or `aside` until it is complete. */
  place: (place) => place,
  /** What the table does before the first row. */
  opened: () => undefined,
  /** Whether a stream's rows set aside replace the others. */
  isReplacing: (isComplete) => isComplete,
  /** The table of a stream. */
  named: (descriptor) => descriptor,
  /** Whether a state leaves before its rows are stored. */
  isHasty: () => false,
};

const SPECIFICATION = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  title: 'Sound destination',
  required: ['folder', 'access'],
  properties: {
    folder: {type: 'string', title: 'Folder', description: 'Of the tables.', order: 0},
    access: {
      ...{type: 'object', title: 'Sign-in', order: 1},
      oneOf: [
        variant('Password', 'password', {
          password: {type: 'string', title: 'Password', airbyte_secret: true, order: 0},
        }),
        variant('Nobody', 'nobody', {}),
      ],
    },
    trouble: {type: 'string', title: 'What goes wrong', airbyte_hidden: true},
  },
};

function variant(title, kind, properties) {
  return {
    ...{type: 'object', title, required: ['kind', ...Object.keys(properties)]},
    properties: {kind: {type: 'string', const: kind}, ...properties},
  };
}

/** Runs the destination with changes; see `NO_CHANGE` for what can be changed. */
async function main(changes = {}) {
  const change = {...NO_CHANGE, ...changes};
  const [command, ...args] = process.argv.slice(2);
  const destination = new Destination(change, command, options(args));
  process.stdout.on('error', () => process.exit(1));
  const code = await destination.obey();
  process.exitCode = change.exit(code, command, destination.given);
}

function options(args) {
  const given = {};
  for (let i = 0; i < args.length; i += 1) {
    const name = args[i].replace(/^--/, '');
    if (name === 'debug') continue;
    given[name] = JSON.parse(readFileSync(args[(i += 1)], 'utf8'));
  }
  return given;
}

/** Why a config is none; undefined for one that can be used. */
function senseless({folder, access}) {
  if (typeof folder !== 'string') return 'The config has no folder.';
  const isSignIn = access?.kind === 'nobody' || typeof access?.password === 'string';
  return isSignIn ? undefined : 'The config has no way to sign in.';
}

const keyOf = ({name, namespace}) => JSON.stringify([namespace ?? null, name]);

class Destination {
  streams = new Map();
  counted = 0;

  constructor(change, command, given) {
    Object.assign(this, {change, command, given});
  }

  obey() {
    const commands = {
      spec: () => this.spec(),
      check: () => this.check(),
      write: () => this.write(),
    };
    return commands[this.command]
      ? commands[this.command]()
      : this.fail('Unknown command.');
  }

  spec() {
    const spec = {
      ...{protocol_version: '0.18.0', supportsIncremental: true},
      supported_destination_sync_modes: ['append', 'overwrite', 'append_dedup'],
      connectionSpecification: SPECIFICATION,
    };
    this.say({type: 'SPEC', spec});
    return 0;
  }

  check() {
    const {trouble} = this.given.config;
    const reason = senseless(this.given.config);
    if (reason !== undefined) return this.fail(reason);
    const status =
      trouble === 'refused'
        ? {status: 'FAILED', message: 'The folder cannot be written.'}
        : {status: 'SUCCEEDED'};
    this.say({type: 'CONNECTION_STATUS', connectionStatus: status});
    return 0;
  }

  async write() {
    const {folder} = this.given.config;
    const reason = senseless(this.given.config);
    if (reason !== undefined) return this.fail(reason);
    for (const configured of this.given.catalog.streams) {
      this.streams.set(
        keyOf(configured.stream),
        new Stream(this.change, configured, folder),
      );
    }
    const torn = await this.takeAll();
    for (const stream of this.streams.values()) stream.store();
    const open = [...this.streams.values()].filter(({isComplete}) => !isComplete);
    for (const stream of this.streams.values()) stream.finish();
    if (torn !== undefined) return this.fail(torn);
    const names = open.map(({name}) => name).join(', ');
    return open.length === 0 ? 0 : this.fail(`No end was told of ${names}.`);
  }

  /** Gives the reason why reading ended before the end, if it did. */
  async takeAll() {
    for await (const line of createInterface({input: process.stdin})) {
      if (line === '') continue;
      const message = parsed(line);
      if (typeof message?.type === 'string') {
        this.take(this.change.incoming(message, line), line);
      } else if (this.change.unreadable(line) === 'torn') {
        const reason = this.change.torn(line);
        if (reason !== undefined) return reason;
      }
    }
    return undefined;
  }

  take(message, line) {
    const {type, record, state, trace} = message ?? {};
    if (type === 'RECORD') this.takeRecord(record, line);
    if (type === 'STATE') this.takeState(state, line);
    if (trace?.type !== 'STREAM_STATUS') return;
    const {stream_descriptor: descriptor, status} = trace.stream_status;
    if (status === 'COMPLETE') {
      const stream = this.streams.get(keyOf(descriptor));
      if (stream) stream.isComplete = true;
    }
  }

  takeRecord(record, line) {
    const {stream: name, namespace} = record;
    this.streams.get(keyOf({name, namespace}))?.take(record, line);
  }

  takeState(state, line) {
    const descriptor = state.stream?.stream_descriptor;
    const streams =
      descriptor === undefined
        ? [...this.streams.values()]
        : [this.streams.get(keyOf(descriptor))].filter(Boolean);
    const count = streams.reduce((sum, stream) => sum + stream.counted(), 0);
    if (!this.change.isHasty()) for (const stream of streams) stream.store();
    const stats = `"destinationStats":{"recordCount":${count}.0},`;
    this.print(line.replace(/"state"\s*:\s*\{/, (start) => start + stats));
  }

  fail(message) {
    const error = {message, internal_message: message, failure_type: 'system_error'};
    this.say({type: 'TRACE', trace: {type: 'ERROR', emitted_at: Date.now(), error}});
    return 1;
  }

  say(message) {
    this.print(JSON.stringify(message));
  }

  /** States keep their text; only what is changed on purpose is written anew. */
  print(line) {
    const message = JSON.parse(line);
    const changed = this.change.message(message, this.given, this.command);
    for (const each of [changed ?? []].flat()) {
      const text = each === message ? line : JSON.stringify(each);
      process.stdout.write(`${this.change.text(text, each)}\n`);
    }
  }
}

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

module.exports = {main};
if (require.main === module) void main();
