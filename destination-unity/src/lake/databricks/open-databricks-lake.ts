import {randomBytes, randomUUID} from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';

import type {Log} from 'airbyte-cdk-ts';

import {openHttp} from '../../http/open-http';
import type {Lake} from '../lake';
import {USER_AGENT} from './connection/driver';
import {openTokens, openWarehouse, originOf} from './connection/open-warehouse';
import type {ConnectionSurroundings} from './connection/surroundings';
import {DatabricksLake} from './databricks-lake';
import type {DatabricksSettings} from './settings';
import {openStagingArea} from './volume/open-staging-area';
import type {StagingArea} from './volume/staging-area';
import type {VolumeName} from './sql/volume-statements';
import type {Warehouse} from './warehouse';

export interface OpenOptions {
  readonly log: Log;
  /** Hides a secret that was obtained on the way. */
  readonly conceal: (secret: string) => void;
  /** How waits are waited; tests give their own. */
  readonly pace?: Pick<ConnectionSurroundings, 'nowMs' | 'sleep' | 'random'>;
}

const REAL_PACE: Required<OpenOptions>['pace'] = {
  nowMs: Date.now,
  sleep: async (ms) => {
    await sleep(ms);
  },
  random: Math.random,
};

/** How long `check` waits for a host that does not answer well. */
const CHECK_PATIENCE_MS = 20_000;
const RUN_ID_BYTES = 4;

/** Opens a workspace as a lake. Nothing is loaded or asked before it is needed. */
export function openDatabricksLake(
  settings: DatabricksSettings,
  {log, conceal, pace = REAL_PACE}: OpenOptions,
): Lake {
  const {address, staging} = settings;
  const surroundings = {...pace, log, conceal};
  const tokens = openTokens(address, surroundings);
  const warehouse = openWarehouse(address, surroundings, tokens);
  const id = randomBytes(RUN_ID_BYTES).toString('hex');
  const run = {startedMs: pace.nowMs(), id};
  const openStaging = (volume: VolumeName, through: Warehouse): StagingArea =>
    openStagingArea({
      address,
      volume,
      upload: staging.upload,
      run,
      warehouse: through,
      tokens,
      surroundings,
    });
  const http = openHttp({
    baseUrl: originOf(address),
    caCertificate: address.caCertificate,
    proxyUrl: address.proxyUrl,
    userAgent: USER_AGENT,
    pace,
    patienceMs: CHECK_PATIENCE_MS,
  });
  return new DatabricksLake({
    settings,
    warehouse,
    openStaging,
    http,
    pace,
    log,
    tempFolder: path.join(os.tmpdir(), `airbyte-unity-${id}`),
    newId: randomUUID,
  });
}
