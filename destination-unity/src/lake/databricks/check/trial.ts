import type {Engine} from '../engine';
import type {VolumeName} from '../sql/volume-statements';
import type {StagingArea} from '../volume/staging-area';
import type {Warehouse} from '../warehouse';

/** Opens the staging area on a volume, which need not be there yet. */
export type OpenStaging = (volume: VolumeName, warehouse: Warehouse) => StagingArea;

/** A check that has signed in. */
export interface Trial {
  /** Of the lake that is checked; its warehouse tells refusals to the check. */
  readonly engine: Engine;
  readonly openStaging: OpenStaging;
  readonly principal: string | undefined;
  /** Name of whatever the check makes: schema, volume, table. */
  readonly name: string;
  /** What was made so far, and is to be taken away. */
  readonly made: Made;
}

/** What a check has made, or may have made when a reply was lost. */
export interface Made {
  /** Statements that take it away, in the order in which it was made. */
  readonly drops: string[];
  /** Staged files. */
  readonly files: Set<string>;
}

/** Where a check works: as it is set, or in its own where that is still to be made. */
export interface Place {
  readonly volume: VolumeName;
  readonly staging: StagingArea;
}

/** The staging area, with all that is staged in it noted as made. */
export function noting(staging: StagingArea, {files}: Made): StagingArea {
  return {
    prepare: () => staging.prepare(),
    stage: async (localFile, table) => {
      const staged = await staging.stage(localFile, table);
      files.add(staged);
      return staged;
    },
    remove: async (paths) => {
      for (const path of paths) files.delete(path);
      await staging.remove(paths);
    },
  };
}
