import {walk, type Place} from '../../schema/walk';
import type {JsonSchema} from '../../stage/catalog';
import {error, type Check, type Finding} from '../check';

/** A check that looks at the schema of the config alone. */
export function ofSchema(
  id: string,
  title: string,
  judge: (schema: JsonSchema) => readonly Finding[],
): Check {
  return {
    id,
    title,
    bypass: (stage) => stage.bypassed('spec'),
    run: async (stage) => judge(await stage.connectionSpecification()),
  };
}

/** A check that looks at each schema within it by itself; what it says is an error. */
export function ofPlaces(
  id: string,
  title: string,
  judge: (place: Place) => readonly string[],
): Check {
  return ofSchema(id, title, (schema) =>
    walk(schema).flatMap((place) => judge(place).map(error)),
  );
}

/** A list, whatever stands there; nothing where it is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
