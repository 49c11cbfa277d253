import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';

import {parse} from 'yaml';
import type {z} from 'zod';

import {airbyteConfigSchema, type AirbyteConfig} from './airbyte-config';
import {ownConfigSchema, type OwnConfig} from './own-config';

/** Both documents of a connector, and the folder their paths begin at. */
export interface Plan {
  readonly base: string;
  readonly airbyte: AirbyteConfig;
  readonly own: OwnConfig;
}

/** A config that cannot be used; the message names the file and the member. */
export class PlanError extends Error {}

/**
 * Reads `acceptance-test-config.yml` and, if there is one beside it,
 * `acceptance-test-own.yml`. The old root `tests` is taken for `acceptance_tests`.
 *
 * @throws PlanError where a document is missing, is not YAML or has unknown members.
 */
export function loadPlan(file: string): Plan {
  const folder = path.dirname(path.resolve(file));
  const airbyte = parsed(airbyteConfigSchema, file, migrated(document(file)));
  const ownFile = path.join(folder, 'acceptance-test-own.yml');
  const own = parsed(
    ownConfigSchema,
    ownFile,
    existsSync(ownFile) ? (document(ownFile) ?? {}) : {},
  );
  return {base: path.resolve(folder, airbyte.base_path ?? '.'), airbyte, own};
}

function document(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new PlanError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

/** The format of Airbyte's first harness had its sections under `tests`. */
function migrated(content: unknown): unknown {
  const {tests, ...rest} = (content ?? {}) as Record<string, unknown>;
  if (tests === undefined || 'acceptance_tests' in rest) return content;
  const sections = Object.entries(tests as Record<string, unknown>).map(
    ([name, list]) => [name, Array.isArray(list) ? {tests: list} : list],
  );
  return {...rest, acceptance_tests: Object.fromEntries(sections) as unknown};
}

function parsed<T extends z.ZodType>(
  schema: T,
  file: string,
  content: unknown,
): z.infer<T> {
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    ({path: place, message}) => `${place.join('.') || 'the document'}: ${message}`,
  );
  throw new PlanError(`${file}: ${problems.join('; ')}`);
}
