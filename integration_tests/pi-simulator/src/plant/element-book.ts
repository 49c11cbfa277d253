import {mixAll} from '../chance/hash';
import {openGuid, sealGuid, type Guid} from '../identity/guid';
import {
  databasePath,
  type AfElement,
  type AssetDatabase,
  type AssetServer,
  type ElementType,
} from './asset-model';
import {type Point} from './point';
import {templateByName} from './templates';
import {UsageError} from './usage-error';

/** What a book changes in an element, which is the same object for its whole life. */
interface Changing {
  name: string;
  path: string;
  depth: number;
  parent: KeptElement | undefined;
  readonly children: KeptElement[];
  readonly references: AfElement[];
  readonly points: Point[];
}

/** An element as its book holds it. */
export type KeptElement = Omit<AfElement, keyof Changing> & Changing;

/** What an element is made from. */
export interface NewElement {
  readonly parent?: AfElement;
  readonly name: string;
  readonly template: string;
  readonly type?: ElementType;
  readonly description: string;
  readonly extendedProperties?: Readonly<Record<string, string | number>>;
}

/** What a database is made from. */
export interface NewDatabase {
  readonly seed: number;
  readonly server: AssetServer;
  readonly index: number;
  readonly name: string;
  readonly description: string;
  readonly guid: Guid;
}

/** A database of the AF server and its elements, as the plant keeps and changes them. */
export class ElementBook implements AssetDatabase {
  readonly server: AssetServer;
  readonly index: number;
  readonly name: string;
  readonly description: string;
  readonly guid: Guid;
  private readonly seed: number;
  /** By their place in the GUID; a removed element leaves a gap. */
  private readonly all: (KeptElement | undefined)[] = [];
  private readonly kept = new Map<AfElement, KeptElement>();
  private listed: readonly AfElement[] | undefined;
  private byPath: ReadonlyMap<string, AfElement> | undefined;

  constructor({seed, server, index, name, description, guid}: NewDatabase) {
    this.seed = seed;
    this.server = server;
    this.index = index;
    this.name = name;
    this.description = description;
    this.guid = guid;
  }

  get elements(): readonly AfElement[] {
    this.listed ??= this.all
      .filter((element) => element !== undefined)
      .sort((a, b) => a.depth - b.depth);
    return this.listed;
  }

  holds(element: AfElement): boolean {
    return this.kept.has(element);
  }

  find(guid: Guid): AfElement | undefined {
    const content = openGuid(this.salt(), guid);
    return content?.high === this.index ? this.all[content.low] : undefined;
  }

  /** By path without the leading backslashes, in any case. */
  findByPath(path: string): AfElement | undefined {
    this.byPath ??= new Map(
      this.elements.map((element) => [element.path.slice(2).toUpperCase(), element]),
    );
    return this.byPath.get(path.toUpperCase());
  }

  /** @throws UsageError where the parent has a child of that name. */
  add({parent: above, ...made}: NewElement): KeptElement {
    const index = this.all.length;
    const parent = above && this.own(above);
    this.refuseTaken(made.name, parent);
    const element: KeptElement = {
      type: 'None',
      extendedProperties: {},
      ...made,
      database: this,
      guid: sealGuid(this.salt(), {high: this.index, low: index}),
      path: `${parent?.path ?? databasePath(this)}\\${made.name}`,
      categories: templateByName(made.template)?.categories ?? [],
      parent,
      children: [],
      depth: parent === undefined ? 0 : parent.depth + 1,
      references: [],
      points: [],
      salt: mixAll(this.seed, 'element', this.index, index),
    };
    this.all.push(element);
    this.kept.set(element, element);
    parent?.children.push(element);
    this.forget();
    return element;
  }

  /** @throws UsageError where the parent has another child of that name. */
  rename(element: AfElement, name: string): void {
    const own = this.own(element);
    this.refuseTaken(name, own.parent, own);
    own.name = name;
    this.replace(own);
  }

  /**
   * Hangs an element and all below it under another parent, or under the database.
   *
   * @throws UsageError where that parent is below it, or has a child of that name.
   */
  move(element: AfElement, parent: AfElement | undefined): void {
    const own = this.own(element);
    const above = parent && this.own(parent);
    for (let up: AfElement | undefined = above; up !== undefined; up = up.parent) {
      if (up === own) throw new UsageError(`"${own.path}" cannot move below itself.`);
    }
    this.refuseTaken(own.name, above, own);
    this.detach(own);
    own.parent = above;
    above?.children.push(own);
    this.replace(own);
  }

  /** The element and all below it are gone for good. */
  remove(element: AfElement): void {
    const own = this.own(element);
    this.detach(own);
    for (const gone of [own, ...below(own)]) {
      this.kept.delete(gone);
      this.all[openGuid(this.salt(), gone.guid)?.low ?? -1] = undefined;
    }
    for (const {references} of this.kept.values()) {
      const left = references.filter((referenced) => this.holds(referenced));
      references.splice(0, references.length, ...left);
    }
    this.forget();
  }

  /** Shows an element below a second parent. */
  addReference(element: AfElement, parent: AfElement): void {
    const {references} = this.own(parent);
    if (!references.includes(element)) references.push(this.own(element));
  }

  /** @throws UsageError where it does not hang there by reference. */
  removeReference(element: AfElement, parent: AfElement): void {
    const {references, path} = this.own(parent);
    const place = references.indexOf(element);
    if (place < 0)
      throw new UsageError(`"${path}" does not refer to "${element.path}".`);
    references.splice(place, 1);
  }

  private own(element: AfElement): KeptElement {
    const own = this.kept.get(element);
    if (own !== undefined) return own;
    throw new UsageError(`"${element.path}" is not an element of ${this.name}.`);
  }

  private refuseTaken(
    name: string,
    parent: KeptElement | undefined,
    except?: AfElement,
  ): void {
    if (name === '') throw new UsageError('An element needs a name.');
    const siblings = parent?.children ?? this.roots();
    const key = name.toUpperCase();
    if (siblings.some((own) => own !== except && own.name.toUpperCase() === key))
      throw new UsageError(`There is an element "${name}" there already.`);
  }

  private roots(): readonly AfElement[] {
    return this.elements.filter(({depth}) => depth === 0);
  }

  private detach(element: KeptElement): void {
    const siblings = element.parent && this.own(element.parent).children;
    siblings?.splice(siblings.indexOf(element), 1);
  }

  /** Gives an element and all below it the paths and depths of their place. */
  private replace(element: KeptElement): void {
    const {depth} = element;
    for (const own of [element, ...below(element)]) {
      own.path = `${own.parent?.path ?? databasePath(this)}\\${own.name}`;
      own.depth = own.parent === undefined ? 0 : own.parent.depth + 1;
    }
    this.byPath = undefined;
    if (element.depth !== depth) this.listed = undefined;
  }

  private forget(): void {
    this.listed = undefined;
    this.byPath = undefined;
  }

  /** What the GUIDs of elements are sealed with. */
  private salt(): number {
    return mixAll(this.seed, 'element-guid');
  }
}

/** Everything below an element, parents before their children. */
function below({children}: KeptElement): readonly KeptElement[] {
  return children.flatMap((child) => [child, ...below(child)]);
}
