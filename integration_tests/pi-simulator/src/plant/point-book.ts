import {type Guid} from '../identity/guid';
import {DIGITAL_SETS} from './digital-sets';
import {type DataServer, type Point} from './point';
import {type PointFacts} from './stored-point';
import {UsageError} from './usage-error';

/** A point is the same object for its whole life; only its book renames it. */
type Renamable = {-readonly [K in 'name']: Point[K]};

/** A data server and its points, as the plant keeps and changes them. */
export class PointBook implements DataServer {
  readonly digitalSets = DIGITAL_SETS;
  /** By id less one; a removed point leaves a gap, so that no id is used again. */
  private readonly all: (Point | undefined)[] = [];
  private readonly hidden = new Set<Point>();
  private visible: readonly Point[] | undefined;
  private byName: Map<string, Point> | undefined;

  constructor(
    readonly name: string,
    readonly guid: Guid,
  ) {}

  get points(): readonly Point[] {
    this.visible ??= this.all.filter((point) => this.isVisible(point));
    return this.visible;
  }

  get nextId(): number {
    return this.all.length + 1;
  }

  point(id: number): Point | undefined {
    const point = this.all[id - 1];
    return this.isVisible(point) ? point : undefined;
  }

  pointNamed(name: string): Point | undefined {
    const point = this.existing(name);
    return this.isVisible(point) ? point : undefined;
  }

  /** The point of a name, whatever the case, also a hidden one. */
  existing(name: string): Point | undefined {
    return this.names().get(name.toUpperCase());
  }

  /** Takes a point that already has the next id, and a name that no other has. */
  put(point: Point): void {
    this.all.push(point);
    this.visible = undefined;
    this.byName?.set(point.name.toUpperCase(), point);
  }

  /**
   * Gives a point the next id.
   *
   * @throws UsageError where its name is taken, whatever the case.
   */
  add(facts: PointFacts): Point {
    this.refuseTaken(facts.name);
    const point = {...facts, server: this, id: this.nextId, mounting: undefined};
    this.put(point);
    return point;
  }

  /** @throws UsageError where another point has the name. */
  rename(point: Point, name: string): void {
    if (this.existing(name) !== point) this.refuseTaken(name);
    this.names().delete(point.name.toUpperCase());
    (point as Renamable).name = name;
    this.names().set(name.toUpperCase(), point);
  }

  /** The point is gone for good. */
  remove(point: Point): void {
    this.all[point.id - 1] = undefined;
    this.names().delete(point.name.toUpperCase());
    this.visible = undefined;
  }

  /** The point goes on, but callers cannot see it, or can see it again. */
  setHidden(point: Point, isHidden: boolean): void {
    if (isHidden) this.hidden.add(point);
    else this.hidden.delete(point);
    this.visible = undefined;
  }

  private isVisible(point: Point | undefined): point is Point {
    return point !== undefined && !this.hidden.has(point);
  }

  private refuseTaken(name: string): void {
    if (name === '') throw new UsageError('A point needs a name.');
    if (this.existing(name) !== undefined)
      throw new UsageError(`Tag "${name}" exists twice.`);
  }

  private names(): Map<string, Point> {
    this.byName ??= new Map(
      this.all.flatMap((point) =>
        point === undefined ? [] : [[point.name.toUpperCase(), point] as const],
      ),
    );
    return this.byName;
  }
}
