/** The nine types of a PI point, and whatever a later version may add. */
export type PointType =
  | 'Int16'
  | 'Int32'
  | 'Float16'
  | 'Float32'
  | 'Float64'
  | 'Digital'
  | 'String'
  | 'Timestamp'
  | 'Blob'
  | (string & {});

/** A selected PI point. `(serverId, pointId)` is its identity, stable over renames. */
export interface PiPoint {
  /** GUID of the data server. */
  readonly serverId: string;
  /** Int32, unique on its data server, never used again. */
  readonly pointId: number;
  /** IDOnly WebID 2.0. */
  readonly webId: string;
  readonly name: string;
  readonly pointType: PointType;
  /** Undefined where PI has none. */
  readonly units: string | undefined;
  /** May hold events later than now. */
  readonly future: boolean;
}
