import {startPlant, type Plant} from './plant';
import {
  committed,
  file,
  folder,
  ofType,
  PROGRAMS,
  run,
  type Message,
  type Outcome,
} from './program';

let plant: Plant;
beforeAll(async () => {
  plant = await startPlant();
});
afterAll(() => plant[Symbol.asyncDispose]());

describe('source-pi check', () => {
  it('succeeds on a plant it may read', async () => {
    const outcome = await check(plant.config());

    expect(statusOf(outcome)).toEqual(['SUCCEEDED']);
    expect(outcome.exit).toBe(0);
  });

  it('fails on a wrong password, with exit code 0 and without the password', async () => {
    const outcome = await check({
      ...plant.config(),
      credentials: {auth_type: 'basic', username: 'x', password: 'wr0ng-Secret%1'},
    });

    expect(statusOf(outcome)).toEqual(['FAILED']);
    expect(outcome.exit).toBe(0);
    expect(leaks(outcome, 'wr0ng-Secret%1')).toEqual([]);
  });

  it('fails on a server that is not there, naming what it tried', async () => {
    const outcome = await check({
      ...plant.config(),
      base_url: 'http://127.0.0.1:9/piwebapi',
    });

    expect(statusOf(outcome)).toEqual(['FAILED']);
    expect(JSON.stringify(outcome.messages)).toContain('127.0.0.1');
  });

  it('fails on a config that does not fit, naming the field', async () => {
    const outcome = await check({...plant.config(), start_date: 'yesterday'});

    expect(statusOf(outcome)).toEqual(['FAILED']);
    expect(JSON.stringify(outcome.messages)).toContain('start_date');
  });
});

describe('source-pi discover', () => {
  it('lists its streams once, with keys and cursors that their schemas have', async () => {
    const streams = await discover(plant.config());

    expect(streams.map(({name}) => name)).toEqual([
      'timeseries',
      'load_audit',
      'af_elements',
      'event_frames',
      'tag_status',
    ]);
    for (const stream of streams) {
      const properties = Object.keys(stream.json_schema.properties);
      const named = [
        ...(stream.source_defined_primary_key ?? []).flat(),
        ...(stream.default_cursor_field ?? []),
      ];
      expect(properties).toEqual(expect.arrayContaining(named));
      expect(stream.is_resumable).toBe(true);
    }
  });
});

describe('the contract of source-pi', () => {
  it('is the one committed under spec/', async () => {
    const [catalog] = ofType(
      await run(PROGRAMS.source, [
        ...['discover', '--config', file(folder(), 'config', plant.config())],
      ]),
      'CATALOG',
    );

    expect(catalog?.['catalog']).toEqual(committed('source-pi/catalog.json'));
  });
});

describe('source-pi read', () => {
  it('says STARTED, RUNNING and COMPLETE of every stream, counts all records, and says no secret', async () => {
    const outcome = await read(plant.config());

    expect(outcome.exit).toBe(0);
    for (const {stream} of await configured(plant.config())) {
      const {name} = stream as {readonly name: string};
      const records = ofType(outcome, 'RECORD').filter(
        (m) => inside(m, 'record', 'stream') === name,
      );
      expect(statuses(outcome, name)).toEqual(['STARTED', 'RUNNING', 'COMPLETE']);
      expect(records.length).toBeGreaterThan(0);
      expect(counted(outcome, name)).toBe(records.length);
    }
    expect(outcome.lines.every((line) => line.startsWith('{"type":"'))).toBe(true);
    expect(
      stateLines(outcome).every((line) => /"recordCount":\d+\.0\b/.test(line)),
    ).toBe(true);
    expect(leaks(outcome, plant.password)).toEqual([]);
  });

  it('gives no record twice when its own last states are handed back', async () => {
    const first = await read(plant.config());
    const second = await read(plant.config(), lastStates(first));

    const again = ofType(second, 'RECORD').filter(
      (m) => inside(m, 'record', 'stream') === 'timeseries',
    );
    expect(second.exit).toBe(0);
    expect(again).toEqual([]);
    expect(statuses(second, 'timeseries')).toEqual(['STARTED', 'COMPLETE']);
    expect(counted(second, 'af_elements')).toBe(counted(first, 'af_elements'));
  });

  it('fails for a stream it does not know and reads the others', async () => {
    const catalog = await configured(plant.config());
    const unknown = {
      ...catalog[0],
      stream: {...(catalog[0]?.['stream'] as object), name: 'ghosts'},
    };
    const outcome = await read(plant.config(), [], [unknown, ...catalog.slice(1)]);

    const traces = ofType(outcome, 'TRACE').map((m) => JSON.stringify(m));
    expect(outcome.exit).toBe(1);
    expect(
      traces.some((text) => text.includes('ERROR') && text.includes('ghosts')),
    ).toBe(true);
    expect(statuses(outcome, 'event_frames')).toEqual([
      'STARTED',
      'RUNNING',
      'COMPLETE',
    ]);
  });

  it('ends with code 1 and one readable error when PI is away', async () => {
    const config = {...plant.config(), base_url: 'http://127.0.0.1:9/piwebapi'};
    const [timeseries] = await configured(plant.config());
    const outcome = await read(config, [], [timeseries]);

    const errors = ofType(outcome, 'TRACE').filter(
      (m) => inside(m, 'trace', 'type') === 'ERROR',
    );
    expect(outcome.exit).toBe(1);
    expect(errors.length).toBeGreaterThan(0);
    expect(ofType(outcome, 'RECORD')).toEqual([]);
    expect(leaks(outcome, plant.password)).toEqual([]);
  });
});

interface DiscoveredStream {
  readonly name: string;
  readonly json_schema: {readonly properties: Readonly<Record<string, unknown>>};
  readonly supported_sync_modes: readonly string[];
  readonly source_defined_primary_key?: readonly (readonly string[])[];
  readonly default_cursor_field?: readonly string[];
  readonly is_resumable?: boolean;
}

function check(config: unknown): Promise<Outcome> {
  return run(PROGRAMS.source, ['check', '--config', file(folder(), 'config', config)]);
}

async function discover(config: unknown): Promise<readonly DiscoveredStream[]> {
  const args = ['discover', '--config', file(folder(), 'config.json', config)];
  const [message] = ofType(await run(PROGRAMS.source, args), 'CATALOG');
  return (message?.['catalog'] as {streams: DiscoveredStream[]}).streams;
}

async function configured(config: unknown): Promise<readonly Message[]> {
  return (await discover(config)).map((stream) => ({
    stream,
    sync_mode: stream.supported_sync_modes.includes('incremental')
      ? 'incremental'
      : 'full_refresh',
    destination_sync_mode: 'append',
  }));
}

async function read(
  config: unknown,
  state: readonly unknown[] = [],
  streams?: readonly unknown[],
): Promise<Outcome> {
  const place = folder();
  const catalog = {streams: streams ?? (await configured(config))};
  return run(PROGRAMS.source, [
    ...['read', '--config', file(place, 'config', config)],
    ...['--catalog', file(place, 'catalog.txt', catalog)],
    ...['--state', file(place, 'state.txt', state)],
  ]);
}

function statusOf(outcome: Outcome): unknown[] {
  return ofType(outcome, 'CONNECTION_STATUS').map((m) =>
    inside(m, 'connectionStatus', 'status'),
  );
}

function inside(message: Message, ...names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (value, name) => (value as Record<string, unknown> | undefined)?.[name],
    message,
  );
}

function statuses(outcome: Outcome, name: string): unknown[] {
  return ofType(outcome, 'TRACE')
    .filter(
      (m) => inside(m, 'trace', 'stream_status', 'stream_descriptor', 'name') === name,
    )
    .map((m) => inside(m, 'trace', 'stream_status', 'status'));
}

function ofStream(outcome: Outcome, name: string): readonly Message[] {
  return ofType(outcome, 'STATE').filter(
    (m) => inside(m, 'state', 'stream', 'stream_descriptor', 'name') === name,
  );
}

function counted(outcome: Outcome, name: string): number {
  return ofStream(outcome, name)
    .map((m) => Number(inside(m, 'state', 'sourceStats', 'recordCount')))
    .reduce((sum, count) => sum + count, 0);
}

function stateLines(outcome: Outcome): readonly string[] {
  return outcome.lines.filter((line) => line.startsWith('{"type":"STATE"'));
}

function lastStates(outcome: Outcome): readonly unknown[] {
  const last = new Map<unknown, unknown>();
  for (const message of ofType(outcome, 'STATE')) {
    const name = inside(message, 'state', 'stream', 'stream_descriptor', 'name');
    last.set(name, message['state']);
  }
  return [...last.values()];
}

/** Where a secret shows: as it is, URL-encoded or in base64. */
function leaks(outcome: Outcome, secret: string): readonly string[] {
  const everything = outcome.lines.join('\n') + outcome.stderr;
  return [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
  ].filter((form) => everything.includes(form));
}
