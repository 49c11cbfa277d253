import {linkSync, mkdirSync} from 'node:fs';
import {basename, join, posix} from 'node:path';

import {
  answerLocally,
  answerVolumeStatement,
  Engine,
  Operations,
  runStatement,
  Sessions,
  SqlError,
  startWarehouseServer,
  Storage,
  Tables,
  Tokens,
  type Answer,
} from 'engines';

import {acceptedFolder} from './accepted-files';
import type {WarehouseHello} from './hello';

const TOKEN = 'token-of-the-accepting-warehouse';
const NAMESPACE = {catalog: 'main', schema: 'pi'};
/** No statement takes longer here: every reply carries its outcome. */
const DIRECT_RESULTS_MS = 10_000;
const LOAD = /^\s*(COPY|MERGE)\s+INTO\b/i;
/** The folder of `COPY INTO`; `MERGE` names its file in full. */
const FOLDER = /'(\/Volumes\/[^']*\/)'/;
const STAGED_FILE = /['`]([^'`]+\.parquet)['`]/g;

const ACCEPTED: Answer = {
  columns: [{name: 'num_affected_rows', type: 'bigint'}],
  rows: [[0]],
};

/**
 * A warehouse on the wire that accepts every load without carrying it out: `COPY INTO`
 * and `MERGE` only keep the staged files they name, so that a bench can count their rows
 * and see the speed of the client alone. All else is the stand-in's.
 */
export async function serveAccepting(folder: string): Promise<WarehouseHello> {
  mkdirSync(acceptedFolder(folder), {recursive: true});
  const storage = new Storage(folder);
  const operations = new Operations(DIRECT_RESULTS_MS);
  const execute = statements(folder, storage, await Engine.open());
  const books = {
    ...{sessions: new Sessions<string>(), operations, execute},
    newSession: () => '',
  };
  const server = await startWarehouseServer({
    storage,
    tokens: new Tokens({personal: [TOKEN], clients: {}, lifetimeSeconds: 3600}),
    answer: ({name, call}) => {
      if (call !== undefined) return answerLocally(call, books);
      throw new SqlError('UNSUPPORTED_CALL', name, '0A000');
    },
  });
  const {host, port, httpPath, caCertificate} = server;
  return {host, port, httpPath, caCertificate, token: TOKEN};
}

function statements(
  folder: string,
  storage: Storage,
  engine: Engine,
): (sql: string) => Promise<Answer> {
  const parts = {
    ...{engine, tables: new Tables(), volumes: storage.volumes},
    beforeCommit: () => Promise.resolve(),
    onCommit: () => Promise.resolve(),
  };
  return async (sql) => {
    if (LOAD.test(sql)) return accepted(sql, folder, storage);
    const onVolume = answerVolumeStatement(sql, NAMESPACE, storage);
    return onVolume ?? (await runStatement(sql, parts));
  };
}

/** A second name for each file outlives the removal of the first. */
function accepted(sql: string, folder: string, {volumes}: Storage): Answer {
  const [, base = '/'] = FOLDER.exec(sql) ?? [];
  for (const [, name = ''] of sql.matchAll(STAGED_FILE)) {
    const staged = volumes.locate(posix.resolve(base, name));
    linkSync(staged, join(acceptedFolder(folder), basename(staged)));
  }
  return ACCEPTED;
}
