/** A row of an answer, by column. 64-bit and decimal numbers are asked for as text. */
export type ResultRow = Readonly<Record<string, unknown>>;

/** What the warehouse said of a statement it would not carry out. */
export interface Refusal {
  /** `TABLE_OR_VIEW_NOT_FOUND`; empty where the message carries none. */
  readonly errorClass: string;
  /** `42P01`; empty where it is not told. */
  readonly sqlState: string;
  readonly message: string;
}

export type Outcome =
  | {readonly kind: 'done'; readonly rows: readonly ResultRow[]}
  | {readonly kind: 'refused'; readonly refusal: Refusal};

/**
 * A SQL warehouse. What passes (a lost reply, an expired session or token, a conflict of
 * writers, throttling, a warehouse that starts) is waited out and the statement sent
 * again, so every statement given must be one whose repetition changes nothing.
 */
export interface Warehouse {
  /**
   * Runs a statement and answers with its rows, or with what was said against it, for
   * callers who know what to do then. Rejects only when no outcome can be had.
   */
  attempt(sql: string): Promise<Outcome>;

  /** As `attempt`; a refusal rejects with the error that says who must act. */
  run(sql: string): Promise<readonly ResultRow[]>;

  /** Sends a local file to a path on a volume by `PUT`, over what is there. */
  put(localFile: string, volumePath: string): Promise<void>;

  close(): Promise<void>;
}
