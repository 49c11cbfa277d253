import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';

/** A column as a Delta log tells it, in the words of a catalog's entry. */
export interface DeltaColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly comment: string;
}

interface Field {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly metadata: {readonly comment?: string};
}

interface MetaData {
  readonly schemaString: string;
  readonly description?: string;
}

/** The newest columns and comment by the commits of a log; short logs keep all of them. */
export function deltaColumns(table: string): {
  readonly columns: readonly DeltaColumn[];
  readonly comment: string;
} {
  const log = path.join(table, '_delta_log');
  const commits = readdirSync(log).filter((name) => /^\d{20}\.json$/.test(name));
  const told = commits
    .sort()
    .flatMap((name) => readFileSync(path.join(log, name), 'utf8').trim().split('\n'))
    .flatMap((line) => (JSON.parse(line) as {metaData?: MetaData}).metaData ?? []);
  const newest = told.at(-1);
  if (newest === undefined) throw new Error(`${log} tells no schema.`);
  const {fields} = JSON.parse(newest.schemaString) as {fields: readonly Field[]};
  return {
    columns: fields.map(({name, type, nullable, metadata}) => ({
      ...{name, type, nullable},
      comment: metadata.comment ?? '',
    })),
    comment: newest.description ?? '',
  };
}
