import {mkdir} from 'node:fs/promises';

import type {Http} from '../../../http/http';
import type {Engine} from '../engine';
import {LoadTimes} from '../load-times';
import {removeLeftovers} from './leftovers';
import {tryTable, tryVolume} from './loads';
import {findPlace} from './place';
import {reachWorkspace} from './reach';
import {tellingWarehouse} from './refused-statement';
import {signIn} from './sign-in';
import type {OpenStaging, Place, Trial} from './trial';
import {trialName} from './trial-names';
import {withoutTrace} from './without-trace';

export interface CheckOptions {
  /** Of the lake that is checked. */
  readonly engine: Engine;
  /** The workspace, without sign-in and with little patience. */
  readonly http: Pick<Http, 'send'>;
  readonly openStaging: OpenStaging;
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
  /** In [0, 1). */
  readonly random: () => number;
}

/** What the check loads is no load of the lake, and it removes its files itself. */
const OF_ITS_OWN: Pick<Engine, 'times' | 'committed'> = {
  times: new LoadTimes(() => 0),
  committed: () => undefined,
};

/**
 * Does once what a sync will do, from the name of the host to reading rows back, with
 * objects that are taken away again, and says what was done. Rejects at the first step
 * that fails, with what is missing there.
 */
export async function checkWarehouse(options: CheckOptions): Promise<string> {
  const {engine, http, openStaging, nowMs, random} = options;
  const {address} = engine.settings;
  await reachWorkspace(http, address);
  const warehouse = tellingWarehouse(engine.warehouse);
  const principal = await signIn(warehouse, address, engine.log);
  await mkdir(engine.tempFolder, {recursive: true});
  const trial: Trial = {
    engine: {...engine, warehouse, ...OF_ITS_OWN},
    openStaging,
    principal,
    name: trialName(nowMs(), random()),
    made: {drops: [], files: new Set()},
  };
  const place = await withoutTrace(trial, () => tryAll(trial, nowMs()));
  return sentence(trial, place);
}

async function tryAll(trial: Trial, nowMs: number): Promise<Place> {
  const place = await findPlace(trial);
  await removeLeftovers(trial.engine, nowMs);
  try {
    await tryVolume(trial, place);
    await tryTable(trial, place);
  } finally {
    await place.staging.remove([...trial.made.files]);
  }
  return place;
}

function sentence(
  {principal, engine: {settings}}: Trial,
  {volume: {schema, volume}}: Place,
): string {
  const {catalog, staging} = settings;
  const who = principal === undefined ? 'Signed in' : `Signed in as ${principal}`;
  const done =
    `${who}; wrote to a volume, created a table in catalog ${catalog}, loaded it by ` +
    'COPY INTO and MERGE, read it and dropped it.';
  if (schema !== settings.schema) {
    return `${done} The first sync makes schema ${catalog}.${settings.schema}.`;
  }
  if (volume === staging.volume) return done;
  return `${done} The first sync makes volume ${catalog}.${schema}.${staging.volume}.`;
}
