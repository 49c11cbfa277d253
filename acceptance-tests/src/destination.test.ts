import {existsSync, writeFileSync} from 'node:fs';
import path from 'node:path';

import {file, folder, ofType, PROGRAMS, run, type Outcome} from './program';

const SCHEMA = {
  type: 'object',
  properties: {id: {type: 'integer'}, name: {type: ['null', 'string']}},
};
const COMPLETE = {
  type: 'TRACE',
  trace: {
    type: 'STREAM_STATUS',
    emitted_at: 1,
    stream_status: {stream_descriptor: {name: 'things'}, status: 'COMPLETE'},
  },
};

describe('destination-unity check', () => {
  it('succeeds on a folder it can write and leaves nothing behind', async () => {
    const place = folder();
    const outcome = await check(path.join(place, 'lake'));

    expect(outcome.messages.at(-1)).toMatchObject({
      connectionStatus: {status: 'SUCCEEDED'},
    });
    expect(outcome.exit).toBe(0);
  });

  it('fails on a folder that is a file, naming it', async () => {
    const place = folder();
    writeFileSync(path.join(place, 'lake'), 'not a folder');
    const outcome = await check(path.join(place, 'lake'));

    expect(outcome.messages.at(-1)).toMatchObject({
      connectionStatus: {status: 'FAILED'},
    });
    expect(JSON.stringify(outcome.messages)).toContain('lake');
    expect(outcome.exit).toBe(0);
  });
});

describe('destination-unity write', () => {
  it('echoes a state with its count after the records before it are stored', async () => {
    const {outcome, table} = await write([
      record(1),
      record(2),
      state({n: 2}),
      COMPLETE,
    ]);

    const [echoed] = ofType(outcome, 'STATE');
    expect(outcome.exit).toBe(0);
    expect(echoed?.['state']).toMatchObject({
      stream: {stream_state: {n: 2}},
      destinationStats: {recordCount: 2},
    });
    expect(existsSync(path.join(table, '_delta_log'))).toBe(true);
  });

  it('keeps what came, echoes it, and fails when the source stops before its end', async () => {
    const {outcome, table} = await write([record(1), state({n: 1})]);

    expect(outcome.exit).toBe(1);
    expect(ofType(outcome, 'STATE')).toHaveLength(1);
    expect(existsSync(path.join(table, '_delta_log'))).toBe(true);
  });

  it('fails on a torn line without quoting it and echoes no state behind it', async () => {
    const torn =
      '{"type":"RECORD","record":{"stream":"things","data":{"na"My-Secret-Row';
    const {outcome} = await write([record(1), state({n: 1}), torn, state({n: 2})]);

    const text = outcome.lines.join('\n') + outcome.stderr;
    expect(outcome.exit).toBe(1);
    expect(text).not.toContain('My-Secret-Row');
    expect(JSON.stringify(ofType(outcome, 'STATE'))).not.toContain('"n":2');
  });

  it('survives what is not its business', async () => {
    const {outcome} = await write([
      'a line of text from some library',
      '',
      {type: 'LOG', log: {level: 'INFO', message: 'hello'}, record: null, state: null},
      {type: 'SOMETHING_NEW', something: 1},
      {...COMPLETE, trace: {...COMPLETE.trace, type: 'ESTIMATE', estimate: {}}},
      record(1),
      state({n: 1}),
      COMPLETE,
    ]);

    expect(outcome.exit).toBe(0);
    expect(ofType(outcome, 'STATE')).toHaveLength(1);
  });

  it('finishes the others and then fails for a stream that nobody configured', async () => {
    const stranger = {
      type: 'RECORD',
      record: {stream: 'ghosts', data: {id: 1}, emitted_at: 1},
    };
    const {outcome} = await write([stranger, record(1), state({n: 1}), COMPLETE]);

    expect(outcome.exit).toBe(1);
    expect(ofType(outcome, 'STATE')).toHaveLength(1);
    expect(JSON.stringify(ofType(outcome, 'TRACE'))).toContain('ghosts');
  });
});

function record(id: number): unknown {
  return {
    type: 'RECORD',
    record: {
      stream: 'things',
      emitted_at: 1_770_000_000_000,
      data: {id, name: `n${id}`},
    },
  };
}

function state(streamState: unknown): unknown {
  return {
    type: 'STATE',
    state: {
      type: 'STREAM',
      stream: {stream_descriptor: {name: 'things'}, stream_state: streamState},
      sourceStats: {recordCount: 1},
    },
  };
}

function check(lake: string): Promise<Outcome> {
  const config = {engine: {type: 'local', path: lake}};
  return run(PROGRAMS.destination, ['check', '--config', file(folder(), 'c', config)]);
}

async function write(
  lines: readonly unknown[],
): Promise<{outcome: Outcome; table: string}> {
  const place = folder();
  const config = {
    catalog: 'main',
    schema: 'plant',
    engine: {type: 'local', path: path.join(place, 'lake')},
  };
  const catalog = {
    streams: [
      {
        stream: {
          name: 'things',
          json_schema: SCHEMA,
          supported_sync_modes: ['full_refresh'],
        },
        sync_mode: 'full_refresh',
        destination_sync_mode: 'append',
      },
    ],
  };
  const stdin = lines.map((line) =>
    typeof line === 'string' ? `${line}\n` : `${JSON.stringify(line)}\n`,
  );
  const outcome = await run(
    PROGRAMS.destination,
    [
      ...['write', '--config', file(place, 'config.json', config)],
      ...['--catalog', file(place, 'catalog.txt', catalog)],
    ],
    stdin.join(''),
  );
  return {outcome, table: path.join(place, 'lake/main/plant/things')};
}
