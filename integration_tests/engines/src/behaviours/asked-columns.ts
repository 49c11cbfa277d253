import type {StoredColumn, StoredType, TableAt} from './engine';

interface AskedColumn {
  readonly name: string;
  readonly type: StoredType;
}

/** The named columns of a table with their types; the case of names tells nothing. */
export function askedColumns(
  {table}: TableAt,
  stored: readonly StoredColumn[],
  names: readonly string[],
): readonly AskedColumn[] {
  const types = new Map(stored.map(({name, type}) => [name.toLowerCase(), type]));
  return names.map((name) => {
    const type = types.get(name.toLowerCase());
    if (type === undefined) throw new Error(`${table} has no column ${name}.`);
    return {name, type};
  });
}
