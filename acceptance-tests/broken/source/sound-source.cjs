#!/usr/bin/env node
// A small source in which the harness finds no fault. Each script beside it is this source
// with one thing changed, and is named by the check that must object.
const {writeSync, readFileSync} = require('node:fs');
const {once} = require('node:events');

const FIRST = Date.UTC(2026, 0, 1);
const EVERY = 10;
const NO_CHANGE = {
  /** Each message on its way out: the same, another, several, or none. */
  message: (message) => message,
  /** Each line on its way out. */
  text: (line) => line,
  /** The exit code of a command. */
  exit: (code) => code,
  /** The schema of the config, and the whole specification around it: changed in place. */
  specification: () => undefined,
  /** The position a read begins at. */
  resumeAt: (position) => position,
  /** How many records a stream has. */
  count: (count) => count,
  /** Called first, with the command and its arguments. */
  begin: () => undefined,
};

const SPECIFICATION = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  title: 'Sound source',
  required: ['url', 'access'],
  groups: [{id: 'connection', title: 'Connection'}],
  properties: {
    url: {
      ...{type: 'string', title: 'Address', description: 'Where the server is.'},
      ...{pattern: '^https?://', pattern_descriptor: 'https://host'},
      ...{examples: ['https://host'], order: 0, group: 'connection'},
    },
    access: {
      ...{type: 'object', title: 'Sign-in', display_type: 'radio'},
      ...{order: 1, group: 'connection'},
      oneOf: [
        variant('Password', 'password', {
          user: {type: 'string', title: 'User', order: 0},
          password: {type: 'string', title: 'Password', airbyte_secret: true, order: 1},
        }),
        variant('Nobody', 'nobody', {}),
      ],
    },
    start: {
      ...{type: 'string', title: 'Start', format: 'date-time', order: 2},
      pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$',
    },
    count: {type: 'integer', title: 'Records', default: 40, minimum: 1, order: 3},
    trouble: {type: 'string', title: 'What goes wrong', airbyte_hidden: true},
    note: {type: 'string', title: 'A remark without effect', airbyte_hidden: true},
    width: {type: 'integer', title: 'Width of asset names', airbyte_hidden: true},
    names: {type: 'array', title: 'Names', items: {type: 'string'}, order: 4},
  },
};

function variant(title, kind, properties) {
  return {
    ...{type: 'object', title, required: ['kind', ...Object.keys(properties)]},
    properties: {kind: {type: 'string', const: kind}, ...properties},
  };
}

const nullable = (type, more = {}) => ({type: ['null', type], ...more});
const INSTANT = nullable('string', {
  format: 'date-time',
  airbyte_type: 'timestamp_with_timezone',
});

function stream(name, properties, more) {
  const json_schema = {
    ...{$schema: 'http://json-schema.org/draft-07/schema#', type: 'object'},
    properties,
    additionalProperties: true,
  };
  const supported_sync_modes = [
    'full_refresh',
    ...(more.incremental ? ['incremental'] : []),
  ];
  return {
    ...{name, json_schema, supported_sync_modes},
    source_defined_primary_key: [['id']],
    ...more.members,
  };
}

const CURSOR = {
  source_defined_cursor: true,
  default_cursor_field: ['at'],
  is_resumable: true,
};
const VALUES = {
  id: nullable('integer'),
  at: INSTANT,
  value: nullable('number'),
  good: nullable('boolean'),
};
const STREAMS = [
  stream('ticks', VALUES, {incremental: true, members: CURSOR}),
  stream('alarms', VALUES, {
    incremental: true,
    members: {...CURSOR, namespace: 'plant'},
  }),
  stream('assets', {id: nullable('integer'), name: nullable('string')}, {}),
  stream(
    'notes',
    {text: nullable('string'), words: nullable('array', {items: {type: 'string'}})},
    {members: {source_defined_primary_key: []}},
  ),
];

function row({name}, i, width) {
  if (name === 'assets') return {id: i, name: `asset ${i}`.padEnd(width)};
  if (name === 'notes') return {text: `note ${i}`, words: ['note', `${i}`]};
  const at = new Date(FIRST + i * 1000).toISOString();
  return {id: i, at, value: i / 8, good: i % 2 === 0};
}

/** Runs the source with changes; see `NO_CHANGE` for what can be changed. */
async function main(changes = {}) {
  const change = {...NO_CHANGE, ...changes};
  const [command, ...args] = process.argv.slice(2);
  const source = new Source(change, command, options(args));
  process.stdout.on('error', () => process.exit(1));
  await change.begin({command, ...source.given, say: (text) => source.write(text)});
  const code = await source.obey();
  process.exitCode = change.exit(code, command, source.given);
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

class Source {
  constructor(change, command, given) {
    Object.assign(this, {change, command, given});
  }

  async obey() {
    const commands = {
      spec: () => this.spec(),
      check: () => this.check(),
      discover: () => this.discover(),
      read: () => this.read(),
    };
    return commands[this.command]
      ? commands[this.command]()
      : this.fail('Unknown command.');
  }

  async spec() {
    const spec = {
      ...{protocol_version: '0.18.0', supportsIncremental: true},
      connectionSpecification: structuredClone(SPECIFICATION),
    };
    this.change.specification(spec.connectionSpecification, spec);
    await this.say({type: 'SPEC', spec});
    return 0;
  }

  async check() {
    const {url, access, trouble} = this.given.config;
    if (typeof url !== 'string') return this.fail('The config has no url.');
    if (access === undefined) return this.fail('The config has no access.');
    const status =
      trouble === 'refused'
        ? {status: 'FAILED', message: 'The server refused the password.'}
        : {status: 'SUCCEEDED'};
    await this.say({type: 'CONNECTION_STATUS', connectionStatus: status});
    return 0;
  }

  async discover() {
    await this.say({type: 'CATALOG', catalog: {streams: STREAMS}});
    return 0;
  }

  async read() {
    if (this.given.config.trouble === 'refused') return this.fail('Refused.');
    let code = 0;
    for (const configured of this.given.catalog.streams) {
      code = Math.max(code, await this.readStream(configured));
    }
    return code;
  }

  async readStream({stream: asked, sync_mode: mode}) {
    const {name, namespace} = asked;
    const descriptor = {name, ...(namespace ? {namespace} : {})};
    const known = STREAMS.find((each) => each.name === name && STREAMS.includes(each));
    if (known === undefined || !known.supported_sync_modes.includes(mode)) {
      return this.fail(`Stream ${name} cannot be read so.`, descriptor);
    }
    await this.status(descriptor, 'STARTED');
    if (this.given.config.trouble === `broken ${name}`) {
      await this.status(descriptor, 'INCOMPLETE');
      return this.fail(`Stream ${name} cannot be read.`, descriptor);
    }
    await this.records(known, descriptor, this.begin(known, mode));
    await this.status(descriptor, 'COMPLETE');
    return 0;
  }

  /** Where the state, in any of its forms, says that the last read stood. */
  begin({name, supported_sync_modes: modes}, mode) {
    if (mode !== 'incremental' || !modes.includes('incremental')) return 0;
    const told = position(this.given.state, name) ?? 0;
    return this.change.resumeAt(told, name, this.given);
  }

  async records({name}, descriptor, from) {
    const {count: wanted = 40, trouble, width = 0} = this.given.config;
    const count = this.change.count(wanted, name, this.given);
    let since = 0;
    for (let i = from; i < count; i += 1) {
      const record = {stream: name, ...rest(descriptor), emitted_at: Date.now()};
      const data = row({name}, i, width);
      await this.say({type: 'RECORD', record: {...record, data}});
      if (i === from) await this.running(descriptor, trouble);
      since += 1;
      if (since === EVERY && i + 1 < count) {
        await this.state(descriptor, i + 1, since);
        since = 0;
      }
    }
    await this.state(descriptor, Math.max(from, count), since);
  }

  async running(descriptor, trouble) {
    await this.status(descriptor, 'RUNNING');
    if (trouble !== 'rate limited') return;
    const limited = {type: 'RATE_LIMITED', rate_limited: {quota_reset: Date.now()}};
    await this.status(descriptor, 'RUNNING', [limited]);
    await this.status(descriptor, 'RUNNING');
  }

  state(stream_descriptor, position, since) {
    const state = {
      ...{type: 'STREAM', stream: {stream_descriptor, stream_state: {position}}},
      sourceStats: {recordCount: since},
    };
    return this.say({type: 'STATE', state});
  }

  status(stream_descriptor, status, reasons) {
    const stream_status = {stream_descriptor, status, ...(reasons ? {reasons} : {})};
    const trace = {type: 'STREAM_STATUS', emitted_at: Date.now(), stream_status};
    return this.say({type: 'TRACE', trace});
  }

  async fail(message, stream_descriptor) {
    const error = {
      ...{message, internal_message: message, failure_type: 'config_error'},
      ...(stream_descriptor ? {stream_descriptor} : {}),
    };
    await this.say({
      type: 'TRACE',
      trace: {type: 'ERROR', emitted_at: Date.now(), error},
    });
    return 1;
  }

  async say(message) {
    const changed = this.change.message(message, this.given, this.command);
    for (const each of [changed ?? []].flat()) {
      const line = JSON.stringify(each).replace(/("recordCount":\d+)(?=[,}])/g, '$1.0');
      await this.write(`${this.change.text(line, each)}\n`);
    }
  }

  async write(text) {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  }
}

const rest = ({namespace}) => (namespace ? {namespace} : {});

function position(state, name) {
  const all = [state ?? []].flat().flatMap((each) => states(each, name));
  // Version 1.0.0 called the position `next`.
  const told = all.map((each) => each?.position ?? each?.next);
  return told.find((each) => each !== undefined);
}

/** STREAM, GLOBAL and LEGACY states alike. */
function states(state, name) {
  const told = state.stream ? [state] : (state.global?.stream_states ?? []);
  const streams = told.map((each) => each.stream ?? each);
  const mine = streams.filter((each) => each.stream_descriptor?.name === name);
  const legacy = (state.type === 'LEGACY' ? state.data : state)?.[name];
  return [...mine.map((each) => each.stream_state), ...(legacy ? [legacy] : [])];
}

module.exports = {main, STREAMS, SPECIFICATION, writeNow: (text) => writeSync(1, text)};
if (require.main === module) void main();
