import type {AfElement} from '../client/elements';
import {elementIdsByPath} from '../client/parent-elements';
import type {PiHttp} from '../client/pi-http';
import {linkedParentId, pathAbove, pathsOf} from './af-elements-record';

/** Below which elements an element hangs. */
export interface Parents {
  /** Undefined for one at the top. */
  readonly parentId: string | undefined;
  readonly referenceParentIds: readonly string[];
}

const MAX_PATHS = 20_000;

/**
 * Finds the parents of elements: the primary one by its link, where the server gives it,
 * those of references by their paths. Keeps at most `maxPaths` paths, the latest used.
 */
export class ParentFinder {
  readonly #ids = new Map<string, string>();
  #unknown = 0;

  constructor(
    private readonly http: PiHttp,
    private readonly maxPaths = MAX_PATHS,
  ) {}

  /** Paths that are kept. */
  get size(): number {
    return this.#ids.size;
  }

  /** Paths to which PI had no element. */
  get unknown(): number {
    return this.#unknown;
  }

  /** Of each element in its turn. */
  async parentsOf(elements: readonly AfElement[]): Promise<readonly Parents[]> {
    const ids = await this.#idsOf(new Set(elements.flatMap(pathsToAsk)));
    return elements.map((element) => {
      const above = pathAbove(element.Path);
      const parentId = linkedParentId(element) ?? ids.get(above ?? '');
      const others = pathsOf(element).flatMap((path) => {
        const id = ids.get(pathAbove(path) ?? '');
        return id === undefined || id === parentId ? [] : id;
      });
      return {parentId, referenceParentIds: [...new Set(others)]};
    });
  }

  async #idsOf(paths: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
    const ids = new Map<string, string>();
    for (const path of paths) {
      const id = this.#ids.get(path);
      if (id !== undefined) ids.set(path, id);
    }
    const asked = [...paths].filter((path) => !ids.has(path));
    const found = await elementIdsByPath(this.http, asked);
    this.#unknown += asked.length - found.size;
    for (const [path, id] of found) ids.set(path, id);
    this.#keep(ids);
    return ids;
  }

  #keep(ids: ReadonlyMap<string, string>): void {
    for (const [path, id] of ids) {
      this.#ids.delete(path);
      this.#ids.set(path, id);
    }
    for (const path of this.#ids.keys()) {
      if (this.#ids.size <= this.maxPaths) return;
      this.#ids.delete(path);
    }
  }
}

/** Of the parents that no link tells. */
function pathsToAsk(element: AfElement): readonly string[] {
  const [primary, ...others] = pathsOf(element);
  const untold = linkedParentId(element) === undefined ? [primary ?? ''] : [];
  return [...untold, ...others].flatMap((path) => pathAbove(path) ?? []);
}
