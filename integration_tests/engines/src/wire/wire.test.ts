import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import {DBSQLClient} from '@databricks/sql';

import {
  answerLocally,
  answerVolumeStatement,
  NO_RESULT,
  Operations,
  Sessions,
  SqlError,
  startWarehouseServer,
  Storage,
  textAnswer,
  Tokens,
  type Answer,
  type Exchange,
  type Failure,
  type WarehouseServer,
} from './index';

const NAMESPACE = {catalog: 'main', schema: 'lake'};

describe('the wire, met by the unmodified driver', () => {
  let folder: string;
  let server: WarehouseServer;
  let client: DBSQLClient;
  let failure: ((exchange: Exchange) => Failure | undefined) | undefined;
  let failureAfter: ((exchange: Exchange) => Failure | undefined) | undefined;
  const executed: string[] = [];
  const tokens = new Tokens({personal: ['good'], clients: {}, lifetimeSeconds: 3600});
  const sessions = new Sessions<typeof NAMESPACE>();
  const operations = new Operations(10_000);

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wire-'));
    const storage = new Storage(path.join(folder, 'storage'));
    const execute = (sql: string): Promise<Answer> =>
      // Inside a promise, so that a refusal is a failed operation and not a failed call.
      Promise.resolve().then(() => {
        executed.push(sql);
        return answerVolumeStatement(sql, NAMESPACE, storage) ?? answerExample(sql);
      });
    server = await startWarehouseServer({
      storage,
      tokens,
      answer: ({call, name}) => {
        if (call === undefined) throw new SqlError('UNKNOWN_CALL', name, '0A000');
        return answerLocally(call, {
          sessions,
          operations,
          newSession: () => NAMESPACE,
          execute,
        });
      },
      faults: {
        before: (exchange) => failure?.(exchange),
        after: (exchange) => failureAfter?.(exchange),
      },
    });
    client = new DBSQLClient({logger: {log: () => undefined}});
    await connect(client, 'good');
  });

  afterEach(() => {
    failure = undefined;
    failureAfter = undefined;
  });

  afterAll(async () => {
    // A client whose session was forgotten says so once more when it is closed.
    await client.close().catch(() => undefined);
    await server.close();
    fs.rmSync(folder, {recursive: true});
  });

  const connect = (on: DBSQLClient, token: string): Promise<unknown> =>
    on.connect({
      host: server.host,
      port: server.port,
      path: server.httpPath,
      token,
      telemetryEnabled: false,
      customCaCert: Buffer.from(server.caCertificate),
      retryMaxAttempts: 1,
    });

  const run = async (sql: string): Promise<object[]> => {
    const session = await client.openSession();
    try {
      const operation = await session.executeStatement(sql, {
        stagingAllowedLocalPath: folder,
      });
      await operation.finished();
      const rows = await operation.fetchAll();
      await operation.close();
      return rows;
    } finally {
      await session.close().catch(() => undefined);
    }
  };

  const caught = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('carries each type of column, and absent values', async () => {
    const rows = await run('TYPES');

    expect(rows).toEqual([
      {
        b: 1,
        i: 2,
        d: 0.5,
        t: true,
        s: 'é',
        m: {a: 'b'},
        l: ['x'],
        at: '2026-01-01 00:00:00',
      },
      {b: null, i: null, d: null, t: null, s: null, m: null, l: null, at: null},
    ]);
  });

  it('gives an answer in pages when it is larger than the client takes at once', async () => {
    const session = await client.openSession();
    const operation = await session.executeStatement('MANY', {maxRows: 7});

    const rows = await operation.fetchAll({maxRows: 7});

    await operation.close();
    await session.close();
    expect(rows).toEqual(Array.from({length: 100}, (_, n) => ({n: String(n)})));
  });

  it('ends statements without a result', async () => {
    expect(await run('NOTHING')).toEqual([]);
  });

  it('tells the class and the SQLSTATE of a refusal', async () => {
    const error = await caught(run('REFUSED'));

    expect(error).toMatchObject({
      message: expect.stringContaining('[TABLE_OR_VIEW_NOT_FOUND] No such table.'),
      response: {sqlState: '42P01'},
    });
  });

  it('refuses a token it does not know', async () => {
    const stranger = new DBSQLClient({logger: {log: () => undefined}});
    await connect(stranger, 'bad');

    const error = await caught(stranger.openSession());

    await stranger.close();
    expect(error).toMatchObject({message: expect.stringContaining('401')});
  });

  it('keeps a file put on a volume, lists it, gives it back and removes it', async () => {
    const local = path.join(folder, 'local.bin');
    fs.writeFileSync(local, Buffer.alloc(300_000, 'x'));
    await run('CREATE VOLUME IF NOT EXISTS main.lake.staging');

    await run(`PUT '${local}' INTO '/Volumes/main/lake/staging/a/b.bin' OVERWRITE`);
    const listed = await run(`LIST '/Volumes/main/lake/staging/a'`);
    await run(
      `GET '/Volumes/main/lake/staging/a/b.bin' TO '${path.join(folder, 'back')}'`,
    );
    await run(`REMOVE '/Volumes/main/lake/staging/a/b.bin'`);
    await run(`REMOVE '/Volumes/main/lake/staging/a/b.bin'`);
    const left = await run(`LIST '/Volumes/main/lake/staging/a'`);

    expect(listed).toEqual([
      {
        path: '/Volumes/main/lake/staging/a/b.bin',
        name: 'b.bin',
        size: 300_000,
        modification_time: expect.any(Number),
      },
    ]);
    expect(fs.readFileSync(path.join(folder, 'back'))).toEqual(fs.readFileSync(local));
    expect(left).toEqual([]);
  });

  it('refuses files on a volume that does not exist', async () => {
    const error = await caught(run(`LIST '/Volumes/main/lake/other'`));

    expect(error).toMatchObject({
      message: expect.stringContaining('[VOLUME_NOT_FOUND]'),
      response: {sqlState: '42704'},
    });
  });

  it('does not act when cut off before, and has acted when cut off after', async () => {
    const drop = (exchange: Exchange): Failure | undefined =>
      exchange.kind === 'thrift' && exchange.name === 'ExecuteStatement'
        ? 'drop'
        : undefined;
    executed.length = 0;

    failure = drop;
    const first = await caught(run('NOTHING'));
    const ranBefore = [...executed];
    failure = undefined;
    failureAfter = drop;
    const second = await caught(run('NOTHING'));

    expect([first, second]).toEqual([expect.any(Error), expect.any(Error)]);
    expect(ranBefore).toEqual([]);
    expect(executed).toEqual(['NOTHING']);
  });

  it('leaves no file behind when storage refuses an upload', async () => {
    const local = path.join(folder, 'refused.bin');
    fs.writeFileSync(local, 'x');
    await run('CREATE VOLUME IF NOT EXISTS main.lake.refusing');
    failure = ({kind}) => (kind === 'presigned' ? {status: 503} : undefined);

    const error = await caught(
      run(`PUT '${local}' INTO '/Volumes/main/lake/refusing/r.bin'`),
    );

    failure = undefined;
    expect(error).toMatchObject({message: expect.stringContaining('503')});
    expect(await run(`LIST '/Volumes/main/lake/refusing'`)).toEqual([]);
  });

  it('forgets sessions at a restart', async () => {
    const session = await client.openSession();
    sessions.forgetAll();

    const error = await caught(session.executeStatement('NOTHING'));

    expect(error).toMatchObject({
      message: expect.stringContaining('Invalid SessionHandle'),
    });
  });
});

function answerExample(sql: string): Answer {
  switch (sql) {
    case 'TYPES':
      return TYPES;
    case 'MANY':
      return textAnswer(
        ['n'],
        Array.from({length: 100}, (_, n) => [String(n)]),
      );
    case 'NOTHING':
      return NO_RESULT;
    default:
      throw new SqlError('TABLE_OR_VIEW_NOT_FOUND', 'No such table.', '42P01');
  }
}

const TYPES: Answer = {
  columns: [
    {name: 'b', type: 'bigint'},
    {name: 'i', type: 'int'},
    {name: 'd', type: 'double'},
    {name: 't', type: 'boolean'},
    {name: 's', type: 'string'},
    {name: 'm', type: 'map'},
    {name: 'l', type: 'array'},
    {name: 'at', type: 'timestamp'},
  ],
  rows: [
    [1, 2, 0.5, true, 'é', '{"a":"b"}', '["x"]', '2026-01-01 00:00:00'],
    [null, null, null, null, null, null, null, null],
  ],
};
