import {readFileSync} from 'node:fs';
import {basename} from 'node:path';
import {parseArgs} from 'node:util';

import {PRODUCT_VERSIONS} from './api/product-version';
import {type ServerOptions} from './api/server-options';
import {type FaultRule, readFaultRules} from './faults/fault-rule';
import {readStoredPoints} from './plant/stored-point';
import {faultSchedule} from './faults/fault-schedule';
import {UsageError} from './plant/usage-error';
import {type SceneOptions} from './scene';
import {type SimulatorOptions} from './simulator';
import {type TruthWindow} from './truth/records';
import {TRUTH_STREAMS, type TruthStream} from './truth/truth';

const USAGE = `Usage:
  pi-simulator serve [plant options] [--port 0] [--username NAME] [--password TEXT]
                     [--admin-username NAME --admin-password TEXT] [--bearer-token TEXT]
                     [--anonymous]
                     [--latency-ms 0] [--rate-limit 1000] [--max-returned-items 150000]
                     [--page-default 1000] [--webid-type Full|IDOnly|PathOnly]
                     [--missing-stream whole|item] [--stream-order asked|reversed] [--link-host HOST] [--date-header machine|plant] [--no-csrf]
                     [--tls] [--faults FILE.json] [--fault-seed N]
                     [--summary-counts-bad] [--empty-summary zero|no_data]
                     [--version 2019|2021SP3|2023] [--max-url-bytes 16384]
                     [--no-http-sys-limits] [--rpc-latency-ms 0]
                     [--event-latency-micros 0] [--max-concurrent-rpcs N]
                     [--rate-limit-counts-sub-requests] [--unsupported-attributes FILTER]
                     [--stale-metadata]
  pi-simulator truth [plant options] --from ISO --to ISO
                     [--stream timeseries|af_elements|event_frames]
                     [--snapshot include|leave_out]
Plant options:
  [--seed 1] [--plants 3] [--points 96] [--history-days 30] [--history-start ISO]
  [--now ISO|live] [--replay FILE.csv ...] [--stored FILE.json]
  [--snapshots] [--life] [--frame-life] [--clock-skew-ms 0]
`;

/** What the command line asks for. */
export type Command =
  | {readonly name: 'serve'; readonly options: SimulatorOptions}
  | {
      readonly name: 'truth';
      readonly options: SceneOptions;
      readonly stream: TruthStream;
      readonly window: TruthWindow;
    };

const TEXT = {type: 'string'} as const;
const PLANT_OPTIONS = {
  seed: TEXT,
  plants: TEXT,
  points: TEXT,
  'history-days': TEXT,
  'history-start': TEXT,
  now: TEXT,
  replay: {type: 'string', multiple: true},
  stored: TEXT,
  snapshots: {type: 'boolean'},
  life: {type: 'boolean'},
  'frame-life': {type: 'boolean'},
  'clock-skew-ms': TEXT,
} as const;
const SERVE_OPTIONS = {
  ...PLANT_OPTIONS,
  port: TEXT,
  username: TEXT,
  password: TEXT,
  'admin-username': TEXT,
  'admin-password': TEXT,
  'bearer-token': TEXT,
  anonymous: {type: 'boolean'},
  'latency-ms': TEXT,
  'rate-limit': TEXT,
  'max-returned-items': TEXT,
  'page-default': TEXT,
  'webid-type': TEXT,
  'missing-stream': TEXT,
  'stream-order': TEXT,
  'summary-counts-bad': {type: 'boolean'},
  version: TEXT,
  'max-url-bytes': TEXT,
  'no-http-sys-limits': {type: 'boolean'},
  'rpc-latency-ms': TEXT,
  'event-latency-micros': TEXT,
  'max-concurrent-rpcs': TEXT,
  'rate-limit-counts-sub-requests': {type: 'boolean'},
  'unsupported-attributes': TEXT,
  'stale-metadata': {type: 'boolean'},
  'empty-summary': TEXT,
  'link-host': TEXT,
  'date-header': TEXT,
  'no-csrf': {type: 'boolean'},
  tls: {type: 'boolean'},
  faults: TEXT,
  'fault-seed': TEXT,
} as const;
const TRUTH_OPTIONS = {
  ...PLANT_OPTIONS,
  from: TEXT,
  to: TEXT,
  stream: TEXT,
  snapshot: TEXT,
} as const;

type Values = Readonly<
  Record<string, string | boolean | (string | boolean)[] | undefined>
>;

/** @throws UsageError for anything that is not in the usage text. */
export function readCommand(args: readonly string[]): Command {
  const [name, ...rest] = args;
  if (name === 'serve') {
    return {name, options: serveOptions(new Given(parsed(rest, SERVE_OPTIONS)))};
  }
  if (name !== 'truth') throw new UsageError(USAGE);
  const given = new Given(parsed(rest, TRUTH_OPTIONS));
  return {
    name,
    options: plantOptions(given),
    stream: given.word('stream', TRUTH_STREAMS) ?? 'timeseries',
    window: {
      ...{from: given.required('from'), to: given.required('to')},
      ...defined({snapshot: given.word('snapshot', ['include', 'leave_out'])}),
    },
  };
}

function parsed(
  args: string[],
  options: NonNullable<Parameters<typeof parseArgs>[0]>['options'],
): Values {
  try {
    return parseArgs({args, options: options ?? {}, strict: true}).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : ''}\n${USAGE}`);
  }
}

/** The options as given, read with their types. */
class Given {
  constructor(private readonly values: Values) {}

  text(name: string): string | undefined {
    const value = this.values[name];
    return typeof value === 'string' ? value : undefined;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw new UsageError(`--${name} is required.\n${USAGE}`);
    return value;
  }

  list(name: string): readonly string[] {
    const value = this.values[name];
    return Array.isArray(value) ? value.map(String) : [];
  }

  has(name: string): boolean {
    return this.values[name] === true;
  }

  number(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!/^\d+(\.\d+)?$/.test(value)) throw new UsageError(`--${name} takes a number.`);
    return Number(value);
  }

  word<W extends string>(name: string, words: readonly W[]): W | undefined {
    const value = this.text(name);
    const found = words.find((word) => word === value);
    if (value !== undefined && found === undefined) {
      throw new UsageError(`--${name} is one of ${words.join(', ')}.`);
    }
    return found;
  }
}

function plantOptions(given: Given): SceneOptions {
  const stored = given.text('stored');
  return defined({
    seed: given.number('seed'),
    plants: given.number('plants'),
    points: given.number('points'),
    historyDays: given.number('history-days'),
    historyStart: given.text('history-start'),
    now: given.text('now'),
    replay: given
      .list('replay')
      .map((file) => ({name: basename(file), csv: content(file)})),
    snapshots: given.has('snapshots') ? true : undefined,
    life: given.has('life') ? true : undefined,
    frameLife: given.has('frame-life') ? true : undefined,
    clockSkewMs: given.number('clock-skew-ms'),
    stored:
      stored === undefined
        ? undefined
        : readStoredPoints(content(stored), basename(stored)),
  });
}

function serveOptions(given: Given): SimulatorOptions {
  return defined({
    ...plantOptions(given),
    ...accountOptions(given),
    ...limitOptions(given),
    ...answerOptions(given),
    port: given.number('port'),
    csrfDefence: given.has('no-csrf') ? false : undefined,
    tls: given.has('tls') ? true : undefined,
    faults: faultRules(given),
  });
}

/** What the server bears, and how long it takes. */
function limitOptions(given: Given): ServerOptions {
  return defined({
    latencyMs: given.number('latency-ms'),
    rpcLatencyMs: given.number('rpc-latency-ms'),
    eventLatencyMicros: given.number('event-latency-micros'),
    maxConcurrentRpcs: given.number('max-concurrent-rpcs'),
    rateLimitPerSecond: given.number('rate-limit'),
    rateLimitCountsSubRequests: given.has('rate-limit-counts-sub-requests')
      ? true
      : undefined,
    maxReturnedItems: given.number('max-returned-items'),
    httpSysLimits: given.has('no-http-sys-limits') ? false : undefined,
    maxUrlBytes: given.number('max-url-bytes'),
  });
}

/** What the answers look like. */
function answerOptions(given: Given): ServerOptions {
  return defined({
    version: given.word('version', PRODUCT_VERSIONS),
    defaultPageSize: given.number('page-default'),
    webIdType: given.word('webid-type', ['Full', 'IDOnly', 'PathOnly'] as const),
    missingStream: given.word('missing-stream', ['whole', 'item'] as const),
    streamOrder: given.word('stream-order', ['asked', 'reversed'] as const),
    summaryCountsBad: given.has('summary-counts-bad') ? true : undefined,
    emptySummary: given.word('empty-summary', ['zero', 'no_data'] as const),
    linkHost: given.text('link-host'),
    dateHeader: given.word('date-header', ['plant', 'machine'] as const),
    staleMetadata: given.has('stale-metadata') ? true : undefined,
    unsupportedAttributes: given.text('unsupported-attributes'),
  });
}

function faultRules(given: Given): readonly FaultRule[] | undefined {
  const file = given.text('faults');
  const seed = given.number('fault-seed');
  if (file === undefined && seed === undefined) return undefined;
  return [
    ...(file === undefined ? [] : readFaultRules(content(file), basename(file))),
    ...(seed === undefined ? [] : faultSchedule(seed)),
  ];
}

function accountOptions(given: Given): SimulatorOptions {
  const username = given.text('admin-username');
  return defined({
    username: given.text('username'),
    password: given.text('password'),
    bearerToken: given.text('bearer-token'),
    anonymous: given.has('anonymous') ? true : undefined,
    admin:
      username === undefined
        ? undefined
        : {username, password: given.required('admin-password')},
  });
}

function content(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`The file ${file} cannot be read.`);
  }
}

type Defined<T> = {[K in keyof T]?: Exclude<T[K], undefined>};

/** Without the members that are undefined, so that defaults apply. */
function defined<T extends object>(values: T): Defined<T> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}
