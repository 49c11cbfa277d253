const KINDS =
  /^\s*(CREATE\s+OR\s+REPLACE\s+\w+|(?:CREATE|DROP|ALTER|DESCRIBE|SHOW|COPY|MERGE|INSERT|COMMENT)\s+\w+|[A-Z]+)/i;

/** What a statement is, without what it is about: `COPY INTO`, `ALTER TABLE`. */
export function statementKind(sql: string): string {
  return KINDS.exec(sql)?.[1]?.toUpperCase().replaceAll(/\s+/g, ' ') ?? 'statement';
}
