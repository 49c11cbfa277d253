/** How a column travels. All but the first four are text; `map` and `array` are JSON. */
export type AnswerType =
  | 'bigint'
  | 'int'
  | 'double'
  | 'boolean'
  | 'string'
  | 'timestamp'
  | 'date'
  | 'decimal'
  | 'map'
  | 'array'
  | 'struct';

export interface AnswerColumn {
  readonly name: string;
  readonly type: AnswerType;
}

/** `bigint` columns take bigint or number; `boolean` ones boolean; the others as named. */
export type Cell = string | number | bigint | boolean | null;

/** What a statement answered with. No columns: the statement gives no result at all. */
export interface Answer {
  readonly columns: readonly AnswerColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** True where the one row tells the client which file to send or fetch. */
  readonly isStaging?: boolean;
  /** Rows changed, where the statement changes rows. */
  readonly modifiedRows?: number;
}

/** The answer of statements that only do something. */
export const NO_RESULT: Answer = {columns: [], rows: []};

/** Rows of text columns, the commonest answer. */
export function textAnswer(
  names: readonly string[],
  rows: readonly (readonly Cell[])[],
): Answer {
  return {columns: names.map((name) => ({name, type: 'string'})), rows};
}

/**
 * Tells the driver to move a file itself. A removal must have no `localFile` column, and
 * the headers must be a map: as text the driver would send rubbish headers.
 */
export function stagingAnswer(order: {
  readonly operation: 'PUT' | 'GET' | 'REMOVE';
  readonly presignedUrl: string;
  readonly localFile?: string;
  readonly headers?: Readonly<Record<string, string>>;
}): Answer {
  const local = order.localFile === undefined ? [] : [order.localFile];
  return {
    isStaging: true,
    columns: [
      {name: 'operation', type: 'string'},
      ...local.map(() => ({name: 'localFile', type: 'string'}) as const),
      {name: 'presignedUrl', type: 'string'},
      {name: 'headers', type: 'map'},
    ],
    rows: [
      [
        order.operation,
        ...local,
        order.presignedUrl,
        JSON.stringify(order.headers ?? {}),
      ],
    ],
  };
}
