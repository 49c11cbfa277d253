/**
 * A statement refused, in the form warehouses use:
 * `[TABLE_OR_VIEW_NOT_FOUND] what happened SQLSTATE: 42P01`.
 */
export class SqlError extends Error {
  /** The message as it stands, where a neighbour has worded it already. */
  static worded(message: string, sqlState: string | undefined): SqlError {
    return Object.assign(new SqlError('', '', ''), {message, sqlState});
  }

  readonly sqlState: string | undefined;

  constructor(errorClass: string, text: string, sqlState: string) {
    super(`[${errorClass}] ${text} SQLSTATE: ${sqlState}`);
    this.sqlState = sqlState;
  }
}

/** The SQLSTATE of a refusal; none for errors that are not of SQL. */
export function sqlStateOf(error: unknown): string | undefined {
  return error instanceof SqlError ? error.sqlState : undefined;
}
