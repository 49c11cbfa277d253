import {ConfigError, TransientError} from 'airbyte-cdk-ts';

import {decodeActions, encodeActions, type Action} from './actions';
import {readCheckpoint, writeCheckpoint} from './checkpoint';
import {guardFeatures} from './features';
import {commitFile, logFolder, logListing, temporaryFile} from './log-files';
import {Snapshot} from './snapshot';
import type {Surroundings} from './surroundings';

/** What a commit is made of. It is asked for again when another writer came first. */
export type CommitPlan = (snapshot: Snapshot) => Promise<PlannedCommit> | PlannedCommit;

export interface PlannedCommit {
  /** Delta's word for what is done: `WRITE`, `MERGE`, .. */
  readonly operation: string;
  /** Empty: there is nothing to commit. */
  readonly actions: readonly Action[];
}

const MAX_ATTEMPTS = 50;
const MAX_BACKOFF_MS = 250;
const COMMITS_PER_CHECKPOINT = 10;

/** A Delta table in a folder: its log, read and written. */
export class DeltaTable {
  private constructor(
    readonly folder: string,
    readonly snapshot: Snapshot,
    private readonly surroundings: Surroundings,
  ) {}

  /**
   * Reads the table in the folder; undefined where there is none.
   * @throws ConfigError for a table whose features we do not support.
   */
  static async open(
    folder: string,
    surroundings: Surroundings,
  ): Promise<DeltaTable | undefined> {
    const entries = await surroundings.disk.list(logFolder(folder));
    const listing = logListing(
      folder,
      (entries ?? []).map(({name}) => name),
    );
    if (listing.checkpoint === undefined && listing.commits.length === 0)
      return undefined;
    const table = new DeltaTable(folder, new Snapshot(), surroundings);
    if (listing.checkpoint !== undefined) {
      const actions = await readCheckpoint(listing.checkpoint, surroundings);
      table.snapshot.apply(listing.checkpoint.version, actions);
    }
    await table.refresh();
    const newest = listing.commits.at(-1) ?? -1;
    if (table.snapshot.version < newest)
      throw damaged(folder, table.snapshot.version + 1);
    return table;
  }

  /** Creates the table; undefined where another writer has just done so. */
  static async create(
    folder: string,
    actions: readonly Action[],
    surroundings: Surroundings,
  ): Promise<DeltaTable | undefined> {
    await surroundings.disk.createFolder(logFolder(folder));
    const table = new DeltaTable(folder, new Snapshot(), surroundings);
    return (await table.put({operation: 'CREATE TABLE', actions})) ? table : undefined;
  }

  /** Takes in what others have committed since; says whether there was anything. */
  async refresh(): Promise<boolean> {
    const {snapshot, folder} = this;
    const before = snapshot.version;
    for (;;) {
      const version = snapshot.version + 1;
      const file = commitFile(folder, version);
      const text = await this.surroundings.disk.read(file);
      if (text === undefined) break;
      snapshot.apply(version, decodeActions(text, file));
    }
    if (snapshot.version === before) return false;
    guardFeatures(snapshot, folder);
    return true;
  }

  /**
   * Commits what is planned on the newest version, planning again as long as other
   * writers come first. Durable when it resolves.
   */
  async commit(plan: CommitPlan): Promise<void> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const commit = await plan(this.snapshot);
      if (commit.actions.length === 0) return;
      if (await this.put(commit)) {
        await this.checkpointIfDue();
        return;
      }
      await this.refresh();
      const {random, sleep} = this.surroundings;
      await sleep(random() * Math.min(MAX_BACKOFF_MS, 2 ** attempt));
    }
    throw new TransientError(
      `Other writers were quicker ${MAX_ATTEMPTS} times in a row at ${this.folder}.`,
    );
  }

  private async put({operation, actions}: PlannedCommit): Promise<boolean> {
    const {disk, now, newId} = this.surroundings;
    const commitInfo = {
      timestamp: now(),
      operation,
      operationParameters: {},
      isBlindAppend: operation === 'WRITE',
      engineInfo: 'airbyte-pi-unity/destination-unity',
    };
    const version = this.snapshot.version + 1;
    const all = [{commitInfo}, ...actions];
    const temp = temporaryFile(this.folder, newId());
    const file = commitFile(this.folder, version);
    if (!(await disk.putIfAbsent(file, encodeActions(all), temp))) return false;
    this.snapshot.apply(version, actions);
    return true;
  }

  /** A checkpoint only shortens reading: without it, the commit stands all the same. */
  private async checkpointIfDue(): Promise<void> {
    const {version} = this.snapshot;
    if (version % COMMITS_PER_CHECKPOINT !== 0) return;
    try {
      await writeCheckpoint(this.folder, this.snapshot, this.surroundings);
    } catch (cause) {
      this.surroundings.log.warn(
        `No checkpoint could be written for version ${version} of ${this.folder}: ` +
          `${String(cause)} The table is whole without it.`,
      );
    }
  }
}

function damaged(folder: string, version: number): ConfigError {
  return new ConfigError(
    `The log of the Delta table at ${folder} lacks version ${version}. ` +
      'Restore the file or choose another table name.',
  );
}
