import {typesOf} from '../../schema/walk';
import {streamName, type JsonSchema} from '../../stage/catalog';
import type {Finding} from '../check';
import {error} from '../check';
import {
  ignoredFields,
  type ReadPlan,
  type RecordJudge,
  type TakenRecord,
} from './record-judge';

/** A step of a path into an element of a list. */
const ELEMENT = '[]';

type Path = readonly string[];

/**
 * R6: each field that a schema declares has a value in some record. A field that the plan
 * ignores with a reason may stay empty.
 */
export class DataPointJudge implements RecordJudge {
  readonly #unseen = new Map<string, readonly Path[]>();

  constructor({catalog, test}: ReadPlan) {
    for (const {stream} of catalog.streams) {
      const ignored = ignoredFields(test, stream.name);
      const paths = dataPoints(stream.json_schema);
      this.#unseen.set(
        streamName(stream),
        paths.filter(([field = '']) => !ignored.has(field)),
      );
    }
  }

  take({name, data}: TakenRecord): void {
    const unseen = this.#unseen.get(name) ?? [];
    if (unseen.length === 0) return;
    const still = unseen.filter((path) => !hasValue(data, path));
    if (still.length < unseen.length) this.#unseen.set(name, still);
  }

  findings(): readonly Finding[] {
    return [...this.#unseen].flatMap(([name, paths]) =>
      paths.map((path) => error(`${name}: no record has a value of ${path.join('.')}`)),
    );
  }
}

/** The paths of a schema that hold values; behind a `oneOf` any branch will do. */
export function dataPoints(schema: JsonSchema, at: Path = []): readonly Path[] {
  const types = typesOf(schema);
  const {properties, items} = schema;
  const members = Object.entries(properties ?? {});
  if (members.length > 0 && !('oneOf' in schema)) {
    return members.flatMap(([name, member]) => dataPoints(member, [...at, name]));
  }
  if (types.includes('array') && isSchema(items)) {
    return dataPoints(items, [...at, ELEMENT]);
  }
  return at.length === 0 ? [] : [at];
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasValue(value: unknown, path: Path): boolean {
  const [step, ...rest] = path;
  if (value === null || value === undefined) return false;
  if (step === undefined) return true;
  if (step === ELEMENT) {
    return Array.isArray(value) && value.some((each) => hasValue(each, rest));
  }
  return hasValue((value as Readonly<Record<string, unknown>>)[step], rest);
}
