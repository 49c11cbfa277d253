import {rm} from 'node:fs/promises';

import {ConnectorError, type Log} from 'airbyte-cdk-ts';

import {AtMost} from '../../../at-most';
import {refusalFailure} from '../connection/refusal-failure';
import {createUnlessThere} from '../create-unless-there';
import {createVolume, listFiles, type VolumeName} from '../sql/volume-statements';
import type {Refusal, ResultRow, Warehouse} from '../warehouse';
import type {FileCarrier} from './file-carrier';
import {leftovers} from './leftovers';
import {stagedName, type StagingRun} from './staged-names';
import type {StagingArea} from './staging-area';

export interface VolumeStagingOptions {
  readonly volume: VolumeName;
  readonly run: StagingRun;
  readonly warehouse: Warehouse;
  readonly carrier: FileCarrier;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
}

const UPLOADS_AT_ONCE = 4;
const COMMENT =
  'Files of Airbyte on their way into tables. Each is removed once it is loaded.';

/** The staging area on a volume, flat: every run's files lie beside each other. */
export class VolumeStagingArea implements StagingArea {
  readonly #options: VolumeStagingOptions;
  readonly #folder: string;
  readonly #uploads = new AtMost(UPLOADS_AT_ONCE);
  #sequence = 0;

  constructor(options: VolumeStagingOptions) {
    this.#options = options;
    const {catalog, schema, volume} = options.volume;
    this.#folder = `/Volumes/${catalog}/${schema}/${volume}/`;
  }

  async prepare(): Promise<void> {
    const {run, nowMs, log} = this.#options;
    const old = leftovers(await this.#list(), {run, nowMs: nowMs()});
    if (old.length === 0) return;
    log.info(
      `${old.length} files that earlier runs left on the staging volume are removed.`,
    );
    await this.remove(old);
  }

  async stage(localFile: string, table: string): Promise<string> {
    this.#sequence += 1;
    const name = stagedName(this.#options.run, table, this.#sequence);
    const path = `${this.#folder}${name}`;
    await this.#uploads.run(() => this.#options.carrier.upload(localFile, path));
    await rm(localFile, {force: true});
    return path;
  }

  async remove(paths: readonly string[]): Promise<void> {
    const {carrier, log} = this.#options;
    const removals = paths.map((path) =>
      this.#uploads.run(() => carrier.remove(path).then(() => undefined, said)),
    );
    const reasons = (await Promise.all(removals)).filter((said) => said !== undefined);
    const [first] = reasons;
    if (first === undefined) return;
    log.warn(
      `${reasons.length} staged files could not be removed and are left on the volume; a later run tries again. ${first}`,
    );
  }

  /** What lies on the volume, which is made where it is missing. */
  async #list(): Promise<readonly ResultRow[]> {
    const {warehouse, volume} = this.#options;
    const listed = await warehouse.attempt(listFiles(this.#folder));
    if (listed.kind === 'done') return listed.rows;
    // Who may not look at a volume need not be able to make one.
    if (isForbidden(listed.refusal)) throw refusalFailure(listed.refusal, 'LIST');
    await createUnlessThere(
      warehouse,
      createVolume(volume, COMMENT),
      async () => (await warehouse.attempt(listFiles(this.#folder))).kind === 'done',
    );
    return await warehouse.run(listFiles(this.#folder));
  }
}

function isForbidden({errorClass, sqlState, message}: Refusal): boolean {
  const words = `${errorClass} ${message}`;
  return (
    sqlState === '42501' || /INSUFFICIENT_P|PERMISSION_DENIED|ACCESS_DENIED/.test(words)
  );
}

function said(thrown: unknown): string {
  return thrown instanceof ConnectorError
    ? thrown.toString()
    : 'The reason is unknown.';
}
