import {rm} from 'node:fs/promises';
import path from 'node:path';

import type {StagingArea} from '../volume/staging-area';

export interface CountedStaging extends StagingArea {
  stage: StagingArea['stage'];
  /** Staged files that nobody removed. */
  readonly left: () => readonly string[];
}

/** A stand-in for files on a volume: it only counts them. */
export function countedStaging(): CountedStaging {
  const files = new Set<string>();
  return {
    left: () => [...files],
    prepare: () => Promise.resolve(),
    stage: async (localFile) => {
      await rm(localFile);
      const staged = `/Volumes/main/pi/v/${path.basename(localFile)}`;
      files.add(staged);
      return staged;
    },
    remove: (paths) => {
      for (const file of paths) files.delete(file);
      return Promise.resolve();
    },
  };
}
