import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import {startBridge} from '../bridge/bridge';
import type {StatementLogEntry} from '../bridge/statement-log';
import {Storage, Tokens, type FaultSchedule} from '../wire';
import {startSpark} from './start-spark';

/** Spark and Delta as a client of SQL warehouses meets them. */
export interface SparkWarehouse {
  readonly host: string;
  readonly port: number;
  readonly httpPath: string;
  /** A personal access token. */
  readonly token: string;
  readonly servicePrincipal: {readonly clientId: string; readonly clientSecret: string};
  /** PEM text of the authority to trust. */
  readonly caCertificate: string;
  /** The tables' files: `<schema>.db/<table>`, those of schema `default` at the top. */
  readonly warehouseFolder: string;
  /** Who may enter; tokens of the service principal can be made to expire. */
  readonly tokens: Tokens;
  /** What became of each statement so far, in order of arrival. */
  statements(): readonly StatementLogEntry[];
  /** The most memory that Spark has held so far; undefined where it is not told. */
  maxRssBytes(): number | undefined;
  /** Ends Spark and the bridge and removes what they wrote. */
  stop(): Promise<void>;
}

const TOKEN = 'token-of-the-bridge';
const PRINCIPAL = {clientId: 'service-principal', clientSecret: 'secret-of-the-bridge'};

/** Starts Spark, the bridge before it, and a folder for the volumes. */
export async function startSparkWarehouse(
  options: {readonly faults?: FaultSchedule} = {},
): Promise<SparkWarehouse> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spark-warehouse-'));
  const spark = await startSpark(folder);
  const statements: StatementLogEntry[] = [];
  const tokens = new Tokens({
    personal: [TOKEN],
    clients: {[PRINCIPAL.clientId]: PRINCIPAL.clientSecret},
    lifetimeSeconds: 3600,
  });
  const server = await startBridge({
    ...options,
    sparkPort: spark.port,
    storage: new Storage(path.join(folder, 'storage')),
    tokens,
    log: (entry) => statements.push(entry),
  });
  const {host, port, httpPath, caCertificate} = server;
  return {
    ...{host, port, httpPath, caCertificate, tokens},
    token: TOKEN,
    servicePrincipal: PRINCIPAL,
    warehouseFolder: path.join(folder, 'warehouse'),
    statements: () => statements,
    maxRssBytes: () => spark.maxRssBytes(),
    stop: async () => {
      await server.close();
      await spark.stop();
      fs.rmSync(folder, {recursive: true, force: true});
    },
  };
}
