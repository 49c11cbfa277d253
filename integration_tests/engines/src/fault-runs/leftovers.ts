import {readdirSync, statSync, utimesSync} from 'node:fs';
import path from 'node:path';

import type {StandInWarehouse} from '../stand-in/stand-in-warehouse';

/** Older than what a run that is alive may have staged. */
const AGE_MS = 49 * 3_600_000;

/** The staged files that lie on the volume, and whose they are. */
export class Leftovers {
  readonly #ownerEnded = new Set<string>();

  constructor(private readonly standIn: Pick<StandInWarehouse, 'storage'>) {}

  /** An attempt that went to its end has taken away all it has uploaded. */
  ended(uploaded: ReadonlySet<string>): void {
    for (const name of uploaded) this.#ownerEnded.add(name);
  }

  /** Names of the files that nobody should have left. */
  forgotten(): readonly string[] {
    return this.names().filter((name) => this.#ownerEnded.has(name));
  }

  names(): readonly string[] {
    return this.files().map((file) => path.basename(file));
  }

  /** Lets two days pass over all of them. */
  age(): void {
    for (const file of this.files()) {
      const {mtimeMs} = statSync(file);
      const before = new Date(mtimeMs - AGE_MS);
      utimesSync(file, before, before);
    }
  }

  private files(): readonly string[] {
    const {volumes} = this.standIn.storage;
    return volumes.names('main', 'pi').flatMap((volume) => {
      const folder = volumes.locate(`/Volumes/main/pi/${volume}`);
      return readdirSync(folder, {recursive: true, withFileTypes: true})
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name));
    });
  }
}
