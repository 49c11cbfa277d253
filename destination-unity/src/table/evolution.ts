import {isOwnName, nanosColumn, RESERVED_NAMES} from './airbyte-columns';
import {distance, isHeld, keepsOrder, writtenType, type Role} from './column-fit';
import {freeNames, nameColumns, sameName} from './names';
import {
  keyRefusal,
  refusal,
  type SchemaChange,
  type SchemaPolicy,
  type TypedColumn,
} from './schema-changes';
import type {Column, ColumnType, TableDefinition} from './table-definition';

/** What decides about the changes of a table. */
export interface EvolutionRules {
  readonly policy: SchemaPolicy;
  /** Whether the lake changes a column's type without rewriting what is stored. */
  readonly widens: (from: ColumnType, to: ColumnType) => boolean;
  /** Whether rows are told apart by the key, and win by the cursor. */
  readonly isMerged: boolean;
}

/** What a stream makes of its table. */
export interface Evolution {
  /**
   * What the table has to be: the stream's columns by the names and types they have, or
   * get, in the table. Every one of them is there after `LakeTable.evolve`.
   */
  readonly wanted: TableDefinition;
  readonly changes: readonly SchemaChange[];
}

/**
 * What a stream's table becomes, by the table asked for as if nothing were stored, and the
 * one that stands. A member keeps its column as long as that can hold its values; of
 * several columns that a member had in the course of time, the one that suits its type
 * best is used. A column whose member is gone stays and gets no values. A column of the
 * same name whose member is not known is taken to be the member's. The key includes the
 * nanoseconds the table keeps of it.
 * @throws ConfigError for changes the user refuses, and for a key that would be split.
 */
export function evolution(
  asked: TableDefinition,
  stored: TableDefinition,
  rules: EvolutionRules,
): Evolution {
  const plan = new Plan(asked, stored, rules);
  const places = plan.places();
  const changes = [...places.values()].flatMap(({change}) => change ?? []);
  if (rules.policy === 'refuse' && changes.length > 0) throw refusal(stored, changes);
  const renamed = (name: string): string => places.get(name)?.column.name ?? name;
  const {cursor, deletion} = asked;
  const hasOrder = cursor !== undefined && plan.keepsOrder(cursor, places);
  const wanted: TableDefinition = {
    ...asked,
    name: stored.name,
    columns: [...places.values()].map(({column}) => column),
    key: withNanos(asked.key.map(renamed), stored),
    cursor: hasOrder ? renamed(cursor) : undefined,
    deletion: deletion === undefined ? undefined : renamed(deletion),
  };
  return {wanted, changes};
}

/** Where the values of an asked column go, and what that changes. */
interface Place {
  readonly column: Column;
  readonly change?: SchemaChange | undefined;
}

/** A column that has to be made beside those of its member, under a name yet to be found. */
interface Newcomer {
  readonly column: Column;
  readonly from: TypedColumn;
}

class Plan {
  /** Names the members would get, or have. */
  readonly #names: ReadonlyMap<string, string>;
  readonly #key: ReadonlySet<string>;

  constructor(
    private readonly asked: TableDefinition,
    private readonly stored: TableDefinition,
    private readonly rules: EvolutionRules,
  ) {
    const members = asked.columns.flatMap(({member}) => member ?? []);
    this.#names = nameColumns(members, stored.columns);
    this.#key = new Set(rules.isMerged ? asked.key : []);
  }

  /** By the names that were asked for, in their order. */
  places(): ReadonlyMap<string, Place> {
    const found = this.asked.columns.map((column) => {
      const place =
        column.member === undefined ? this.#own(column) : this.#find(column);
      return {name: column.name, place};
    });
    const moved = found.flatMap(({place}) => ('from' in place ? place : []));
    const names = this.#namesOf(moved.map(({column}) => column));
    return new Map(
      found.map(({name, place}) => [
        name,
        'from' in place ? movedTo(place, names.get(pseudonym(place.column))) : place,
      ]),
    );
  }

  /** Whether rows of a cursor's column are newer if its values are greater. */
  keepsOrder(cursor: string, places: ReadonlyMap<string, Place>): boolean {
    const type = this.asked.columns.find(({name}) => name === cursor)?.type;
    const place = places.get(cursor)?.column.type;
    return type === undefined || place === undefined || keepsOrder(place, type);
  }

  /** One of Airbyte's columns, which are what they are. */
  #own(column: Column): Place {
    const stored = this.stored.columns.find(({name}) => sameName(name, column.name));
    return stored === undefined
      ? {column, change: {kind: 'added', column}}
      : {column: {...column, name: stored.name}};
  }

  #find(asked: Column): Place | Newcomer {
    const columns = this.#columnsOf(asked);
    const role = this.#roleOf(asked);
    if (role === 'key') this.#guardKey(asked, columns);
    const held = columns
      .filter(({type}) => type !== undefined && isHeld(type, asked.type, role))
      .sort((a, b) => distanceOf(a, asked) - distanceOf(b, asked));
    const [best] = held;
    if (best?.type !== undefined)
      return heldIn({...best, type: best.type}, asked, role);
    const [first] = columns;
    if (first !== undefined) return this.#changed(asked, columns, first);
    const column = {...asked, name: this.#nameOf(asked)};
    return {column, change: {kind: 'added', column}};
  }

  /** For a member none of whose columns takes its values. */
  #changed(
    asked: Column,
    columns: readonly TypedColumn[],
    first: TypedColumn,
  ): Place | Newcomer {
    if (this.rules.policy !== 'add_only') {
      const wider = columns.find(({type}) => this.#isWidened(type, asked.type));
      if (wider?.type !== undefined) {
        const column = {...asked, name: wider.name};
        return {column, change: {kind: 'widened', column, from: wider.type}};
      }
    } else if (first.type !== undefined) {
      const column = {...asked, name: first.name, type: first.type};
      return {column, change: {kind: 'kept', column, wanted: asked.type}};
    }
    return {column: asked, from: first};
  }

  #isWidened(from: ColumnType | undefined, to: ColumnType): boolean {
    return from !== undefined && this.rules.widens(from, to);
  }

  /** A key stands in one column, which takes its values or is widened for them. */
  #guardKey(asked: Column, columns: readonly TypedColumn[]): void {
    const isSound = columns.every(
      ({type}) =>
        type !== undefined &&
        (isHeld(type, asked.type, 'key') || this.#canWiden(type, asked.type)),
    );
    if (isSound && columns.length <= 1) return;
    throw keyRefusal(this.stored, asked.member ?? asked.name, columns);
  }

  #canWiden(from: ColumnType, to: ColumnType): boolean {
    return this.rules.policy !== 'add_only' && this.rules.widens(from, to);
  }

  #roleOf({name}: Column): Role {
    if (this.#key.has(name)) return 'key';
    return this.rules.isMerged && this.asked.cursor === name ? 'cursor' : 'value';
  }

  /** The stored columns of a member, in their order, or the one that is in its way. */
  #columnsOf(asked: Column): readonly TypedColumn[] {
    const known = this.stored.columns.filter(({name, member}) =>
      member === undefined
        ? name === asked.member && !isOwnName(name)
        : member === asked.member,
    );
    if (known.length > 0) return known;
    const name = this.#nameOf(asked);
    const unclaimed = this.stored.columns.find(
      (column) => column.member === undefined && sameName(column.name, name),
    );
    if (unclaimed !== undefined) return [unclaimed];
    const foreign = this.stored.unwritable?.find((other) => sameName(other, name));
    return foreign === undefined ? [] : [{name: foreign, type: undefined}];
  }

  #nameOf({member = '', name}: Column): string {
    return this.#names.get(member) ?? name;
  }

  #namesOf(columns: readonly Column[]): ReadonlyMap<string, string> {
    const taken = [
      ...RESERVED_NAMES,
      ...this.#names.values(),
      ...this.stored.columns.map(({name}) => name),
      ...(this.stored.unwritable ?? []),
    ];
    return freeNames(columns.map(pseudonym), new Set(taken.map(lower)));
  }
}

function heldIn(
  stored: {readonly name: string; readonly type: ColumnType},
  asked: Column,
  role: Role,
): Place {
  const type = writtenType(stored.type, asked.type, role);
  const holdsIntegers = type === 'double' && asked.type === 'bigint';
  return {
    column: {
      ...asked,
      name: stored.name,
      type,
      ...(holdsIntegers ? {holdsIntegers} : {}),
    },
  };
}

function movedTo({column, from}: Newcomer, name = column.name): Place {
  const moved = {...column, name};
  return {column: moved, change: {kind: 'moved', column: moved, from}};
}

/** What a further column of a member is named after. */
function pseudonym({member = '', type}: Column): string {
  return `${member}_${type}`;
}

function distanceOf({type}: TypedColumn, asked: Column): number {
  return type === undefined ? Infinity : distance(type, asked.type);
}

/** The key, with what the table has behind the microseconds of its timestamps. */
function withNanos(key: readonly string[], stored: TableDefinition): readonly string[] {
  const names = new Set(stored.columns.map(({name}) => name));
  return key.flatMap((name) => {
    const nanos = nanosColumn(name).name;
    return names.has(nanos) ? [name, nanos] : [name];
  });
}

function lower(name: string): string {
  return name.toLowerCase();
}
