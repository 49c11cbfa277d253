import {
  TransientError,
  type JsonObject,
  type LineSink,
  type Log,
  type SourceStream,
  type StreamDeclaration,
} from 'airbyte-cdk-ts';
import {z} from 'zod';

import type {AssetDatabase} from '../client/asset-databases';
import type {AfElement} from '../client/elements';
import {elementTypes} from '../client/element-types';
import {LIST_START, type ListPosition} from '../client/list-page';
import type {PiHttp} from '../client/pi-http';
import {readElements, type ElementsSlice} from './af-elements-paging';
import {ParentFinder} from './af-elements-parents';
import {AF_ELEMENTS_SCHEMA, elementRecord} from './af-elements-record';
import {writeRecords} from './record-lines';
import {parseState} from './stored-state';

export interface AfElementsOptions {
  readonly http: PiHttp;
  readonly databases: () => Promise<readonly AssetDatabase[]>;
  readonly log: Log;
  readonly pageSize?: number;
}

export interface ElementsOutcome {
  readonly databaseId: string;
  readonly elements: number;
  /** Where to go on; undefined at the end of the database. */
  readonly next: ListPosition | undefined;
  /** The list changed under the reading: the database is read anew. */
  readonly shifted: boolean;
}

interface DatabaseProgress {
  readonly next: ListPosition | undefined;
  readonly restarts: number;
}

/** How far each database is read, by its GUID. */
export interface ElementsState {
  readonly databases: ReadonlyMap<string, DatabaseProgress>;
  readonly elements: number;
}

const PAGE_SIZE = 5000;
const MAX_RESTARTS = 3;

/** All elements of all selected databases, page by page; each sync reads them anew. */
export class AfElements implements SourceStream<
  ElementsSlice,
  ElementsOutcome,
  ElementsState
> {
  readonly declaration: StreamDeclaration = {
    name: 'af_elements',
    jsonSchema: AF_ELEMENTS_SCHEMA,
    supportedSyncModes: ['full_refresh'],
    primaryKey: [['element_id']],
    cursorField: [],
    isResumable: true,
  };

  readonly #types = new Map<string, ReturnType<typeof elementTypes>>();
  readonly #parents: ParentFinder;

  constructor(private readonly options: AfElementsOptions) {
    this.#parents = new ParentFinder(options.http);
  }

  decodeState(stored: JsonObject | undefined): ElementsState {
    if (stored === undefined) return {databases: new Map(), elements: 0};
    const {databases} = parseState(stored, StoredState, this.declaration.name);
    const entries = Object.entries(databases).map(
      ([id, one]) => [id, fromStored(one)] as const,
    );
    return {databases: new Map(entries), elements: 0};
  }

  encodeState({databases}: ElementsState): JsonObject {
    const entries = [...databases].map(([id, one]) => [id, toStored(one)] as const);
    return {version: 1, databases: Object.fromEntries(entries)};
  }

  async *plan({databases}: ElementsState): AsyncGenerator<ElementsSlice, void, void> {
    for (const database of await this.options.databases()) {
      const progress = databases.get(database.id);
      if ((progress?.restarts ?? 0) > MAX_RESTARTS) throw unsteady(database);
      const position = progress === undefined ? LIST_START : progress.next;
      if (position !== undefined) yield {database, position};
    }
  }

  async read(slice: ElementsSlice, lines: LineSink): Promise<ElementsOutcome> {
    const {http, pageSize = PAGE_SIZE} = this.options;
    const {database} = slice;
    const turn = await readElements(http, slice, pageSize);
    if (turn.kind === 'shifted') {
      return {databaseId: database.id, elements: 0, next: LIST_START, shifted: true};
    }
    const records = await this.#records(turn.fresh, database);
    await writeRecords(lines, records);
    const {next} = turn;
    return {databaseId: database.id, elements: records.length, next, shifted: false};
  }

  advance(state: ElementsState, outcome: ElementsOutcome): ElementsState {
    const restarts = state.databases.get(outcome.databaseId)?.restarts ?? 0;
    const progress = {
      next: outcome.next,
      restarts: outcome.shifted ? restarts + 1 : restarts,
    };
    return {
      databases: new Map(state.databases).set(outcome.databaseId, progress),
      elements: state.elements + outcome.elements,
    };
  }

  summary({databases, elements}: ElementsState): string {
    const {unknown} = this.#parents;
    const told = `${elements} elements of ${databases.size} asset databases.`;
    if (unknown === 0) return told;
    return `${told} PI had no element at ${unknown} paths of parents: they have changed meanwhile, or the account may not see them.`;
  }

  async #records(
    elements: readonly AfElement[],
    database: AssetDatabase,
  ): Promise<readonly JsonObject[]> {
    const typeOf = await this.#typesOf(database);
    const parents = await this.#parents.parentsOf(elements);
    return elements.map((element, index) =>
      elementRecord(element, {
        ...(parents[index] ?? NO_PARENTS),
        database,
        elementType: typeOf(element.Id),
      }),
    );
  }

  /** Asked for once per database and sync. */
  #typesOf(database: AssetDatabase): ReturnType<typeof elementTypes> {
    const known = this.#types.get(database.id);
    const types = known ?? this.#askTypes(database);
    this.#types.set(database.id, types);
    return types;
  }

  async #askTypes(database: AssetDatabase): ReturnType<typeof elementTypes> {
    const typeOf = await elementTypes(this.options.http, database);
    if (typeOf('') === undefined) {
      this.options.log.info(
        `The types of the elements of ${database.name} are not told: PI Web API does not filter by them, or too many elements have one.`,
      );
    }
    return typeOf;
  }
}

const NO_PARENTS = {parentId: undefined, referenceParentIds: []};

const StoredState = z.looseObject({
  version: z.literal(1),
  databases: z.record(
    z.string(),
    z.looseObject({
      done: z.boolean().optional(),
      next_index: z.int().min(0).optional(),
      anchor: z.string().optional(),
      restarts: z.int().min(0).default(0),
    }),
  ),
});
type StoredDatabase = z.output<typeof StoredState>['databases'][string];

function fromStored({
  done,
  next_index,
  anchor,
  restarts,
}: StoredDatabase): DatabaseProgress {
  if (done === true) return {next: undefined, restarts};
  return {next: {index: next_index ?? 0, anchor}, restarts};
}

function toStored({next, restarts}: DatabaseProgress): JsonObject {
  if (next === undefined) return {done: true, restarts};
  const {index, anchor} = next;
  return {next_index: index, restarts, ...(anchor === undefined ? {} : {anchor})};
}

function unsteady({name}: AssetDatabase): TransientError {
  return new TransientError(
    'Elements are created or deleted faster than their list can be read.',
    {details: {database: name}},
  );
}
