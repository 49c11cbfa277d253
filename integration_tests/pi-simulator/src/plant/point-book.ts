import {type Guid} from '../identity/guid';
import {DIGITAL_SETS} from './digital-sets';
import {type DataServer, type Point} from './point';
import {type PointFacts} from './stored-point';
import {UsageError} from './usage-error';

/** A data server and its points, as the plant keeps them. */
export class PointBook implements DataServer {
  readonly digitalSets = DIGITAL_SETS;
  private readonly all: Point[] = [];
  private names: Set<string> | undefined;

  constructor(
    readonly name: string,
    readonly guid: Guid,
  ) {}

  get points(): readonly Point[] {
    return this.all;
  }

  get nextId(): number {
    return this.all.length + 1;
  }

  point(id: number): Point | undefined {
    return this.all[id - 1];
  }

  /** Takes a point that already has the next id, and a name that no other has. */
  put(point: Point): void {
    this.all.push(point);
  }

  /**
   * Gives a point the next id.
   *
   * @throws UsageError where its name is taken, whatever the case.
   */
  add(facts: PointFacts): Point {
    this.names ??= new Set(this.all.map(({name}) => name.toUpperCase()));
    const key = facts.name.toUpperCase();
    if (this.names.has(key)) throw new UsageError(`Tag "${facts.name}" exists twice.`);
    this.names.add(key);
    const point = {...facts, server: this, id: this.nextId, mounting: undefined};
    this.put(point);
    return point;
  }
}
