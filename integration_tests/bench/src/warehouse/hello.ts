/** What a warehouse says of itself when it is ready: where it is and how to enter. */
export interface WarehouseHello {
  readonly host: string;
  readonly port: number;
  readonly httpPath: string;
  readonly token: string;
  /** PEM text of the authority to trust. */
  readonly caCertificate: string;
}

/** Spark, whose tables lie under `<schema>.db/<table>`; or why it cannot be had. */
export type SparkHello =
  (WarehouseHello & {readonly warehouseFolder: string}) | {readonly notRun: string};
