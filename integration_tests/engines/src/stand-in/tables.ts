import {schemaNotFound, tableNotFound} from './refusals';
import {quoted} from './sql-expression';

/** A column as its table is described. */
export interface StandInColumn {
  readonly name: string;
  /** In lower case: `decimal(38,9)`. */
  type: string;
  isRequired: boolean;
  comment: string | undefined;
}

/** A table of the stand-in, its rows aside: those are the engine's. */
export interface StandInTable {
  /** `main.pi.tags`. */
  readonly fullName: string;
  readonly schema: string;
  readonly name: string;
  readonly columns: StandInColumn[];
  readonly properties: Map<string, string>;
  readonly tags: Map<string, string>;
  /** Paths of the files that COPY INTO has loaded, or loads now. */
  readonly files: Map<string, 'loading' | 'loaded'>;
  clustering: readonly string[];
  primaryKey: readonly string[];
  comment: string | undefined;
  /** Counts the commits that touch rows which others may have read. */
  rewrites: number;
}

/** Schemas and tables by name; names are the same whatever their case. */
export class Tables {
  readonly #schemas = new Map<string, Map<string, StandInTable>>();

  createSchema(names: readonly string[]): void {
    const key = keyOf(names);
    if (!this.#schemas.has(key)) this.#schemas.set(key, new Map());
  }

  /** The tables of a schema, by name in lower case. */
  schema(names: readonly string[]): Map<string, StandInTable> {
    const found = this.#schemas.get(keyOf(names));
    if (found === undefined) throw schemaNotFound(`\`${names.join('`.`')}\``);
    return found;
  }

  find(names: readonly string[]): StandInTable | undefined {
    const schema = this.schema(names.slice(0, -1));
    return schema.get((names.at(-1) ?? '').toLowerCase());
  }

  get(names: readonly string[]): StandInTable {
    const schema = this.#schemas.get(keyOf(names.slice(0, -1)));
    const found = schema?.get((names.at(-1) ?? '').toLowerCase());
    if (found === undefined) throw tableNotFound(`\`${names.join('`.`')}\``);
    return found;
  }

  /** Whether the very table is there still, and not one made later under its name. */
  has(table: StandInTable): boolean {
    const names = table.fullName.split('.');
    return this.#schemas.get(keyOf(names.slice(0, -1)))?.get(table.name) === table;
  }

  add(table: StandInTable): void {
    this.schema(table.fullName.split('.').slice(0, -1)).set(table.name, table);
  }

  remove(table: StandInTable): void {
    this.schema(table.fullName.split('.').slice(0, -1)).delete(table.name);
  }

  all(): readonly StandInTable[] {
    return [...this.#schemas.values()].flatMap((schema) => [...schema.values()]);
  }
}

export function columnOf(table: StandInTable, name: string): StandInColumn | undefined {
  const wanted = name.toLowerCase();
  return table.columns.find((column) => column.name.toLowerCase() === wanted);
}

function keyOf(names: readonly string[]): string {
  return names.join('.').toLowerCase();
}

/** The table as the engine knows it. */
export function tableOf({fullName, name}: StandInTable): string {
  const schema = fullName.slice(0, -name.length - 1);
  return `${quoted(schema)}.${quoted(name)}`;
}
