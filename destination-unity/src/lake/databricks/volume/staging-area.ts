/** Files on their way into tables, on a volume that the warehouse reads. */
export interface StagingArea {
  /** Makes the volume where it is missing and takes away what dead runs left on it. */
  prepare(): Promise<void>;

  /**
   * Uploads a local file under a name nobody else uses and removes the local one.
   * Resolves with its full path, `/Volumes/catalog/schema/volume/name.parquet`.
   */
  stage(localFile: string, table: string): Promise<string>;

  /** Removes staged files; what cannot be removed is told in the log and left behind. */
  remove(paths: readonly string[]): Promise<void>;
}
