/** How the destination shows who it is. */
export type Authentication =
  | {readonly kind: 'token'; readonly token: string}
  /** OAuth, machine to machine: the service principal's id and secret give tokens. */
  | {
      readonly kind: 'service_principal';
      readonly clientId: string;
      readonly clientSecret: string;
      /** Default: the workspace's own token endpoint. */
      readonly tokenUrl?: string | undefined;
    };

/** What decides which rows lie together: the key columns, none, or columns by name. */
export type Clustering =
  | {readonly kind: 'auto'}
  | {readonly kind: 'none'}
  | {readonly kind: 'columns'; readonly columns: readonly string[]};

/** Where the warehouse is and how it is reached. */
export interface WarehouseAddress {
  readonly host: string;
  readonly port: number;
  readonly httpPath: string;
  readonly authentication: Authentication;
  /** PEM text of the authorities to trust besides the system's. */
  readonly caCertificate?: string | undefined;
  readonly proxyUrl?: string | undefined;
}

export interface StagingSettings {
  /** Volume in the default schema; made where it is missing. */
  readonly volume: string;
  /** `sql_put` writes to cloud storage directly, `files_api` through the workspace host. */
  readonly upload: 'sql_put' | 'files_api';
}

/** Everything the engine for Databricks is set to. Names are plain already. */
export interface DatabricksSettings {
  readonly address: WarehouseAddress;
  readonly catalog: string;
  /** Schema of the volume, and of streams without a namespace. */
  readonly schema: string;
  readonly staging: StagingSettings;
  readonly clustering: Clustering;
  /** What nested values become: text, or a type that can be asked into. */
  readonly jsonType: 'string' | 'variant';
  readonly optimize: 'never' | 'end_of_sync';
}
