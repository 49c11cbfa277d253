import {closeSync, openSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';

import {BenchError} from '../bench-error';
import {loadSummary, type LoadSummary} from '../lines/load-summary';
import {runPipeline, type Outcome} from '../process/run';
import {document} from '../products/documents';
import type {LinesFile} from '../products/made-lines';
import {executable, feed} from '../products/programs';
import type {WarehouseHello} from './hello';

/** What a run of the destination into a warehouse used, and what it said of its loads. */
export interface WarehouseRun {
  readonly outcome: Outcome;
  readonly summary: LoadSummary;
}

export interface WarehouseWrite {
  readonly lines: LinesFile;
  readonly warehouse: WarehouseHello;
  /** For the files of the run. */
  readonly folder: string;
  /** Settings beside those that say where the warehouse is. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** How much of a failed run's messages is shown, in characters. */
const SAID_OF_FAILURE = 4000;

/** Runs `destination-unity write` of the lines into the warehouse, to its end. */
export async function writeToWarehouse({
  lines,
  warehouse,
  folder,
  settings,
}: WarehouseWrite): Promise<WarehouseRun> {
  const config = document(folder, 'warehouse.json', {
    ...warehouseConfig(warehouse),
    ...settings,
  });
  const args = ['--config', config, '--catalog', lines.catalog];
  const write = executable('destination-unity', 'write', ...args);
  const said = join(folder, 'said.ndjson');
  const output = openSync(said, 'w');
  try {
    const [, outcome] = await runPipeline([feed(lines.path), write], output);
    const summary = loadSummary(readFileSync(said, 'utf8'));
    if (outcome !== undefined && summary !== undefined) return {outcome, summary};
    throw new BenchError('destination-unity did not say what it loaded.');
  } catch (thrown) {
    const tail = readFileSync(said, 'utf8').slice(-SAID_OF_FAILURE);
    throw new BenchError(`${String(thrown)}\n${tail}`);
  } finally {
    closeSync(output);
    rmSync(said);
  }
}

/** Settings of the destination: a warehouse with a token, all else as shipped. */
function warehouseConfig(warehouse: WarehouseHello): object {
  const {host, port, httpPath, token, caCertificate} = warehouse;
  return {
    catalog: 'main',
    schema: 'pi',
    engine: {
      type: 'databricks',
      ...{host, port, http_path: httpPath, ca_certificate: caCertificate},
      authentication: {
        auth_type: 'personal_access_token',
        personal_access_token: token,
      },
    },
  };
}
