import {readFileSync} from 'node:fs';

import {ConfigError} from './errors';
import type {ConfiguredCatalog} from './protocol/catalog';
import {parseConfiguredCatalog} from './protocol/configured-catalog';
import {parseInputState, type StoredState} from './protocol/input-state';
import {isJsonObject, type Json, type JsonObject, type Parsed} from './protocol/json';

/** The file of `--config`. Its content is checked later, against the connector's schema. */
export function readConfig(path: string): JsonObject {
  const document = readDocument('configuration', path);
  if (isJsonObject(document)) return document;
  throw new ConfigError(`The configuration file ${path} holds no JSON object.`);
}

/** The file of `--catalog`. */
export function readCatalog(path: string): ConfiguredCatalog {
  return checked(
    'catalog',
    path,
    parseConfiguredCatalog(readDocument('catalog', path)),
  );
}

/** The file of `--state`; without one, every stream starts anew. */
export function readState(path: string | undefined): readonly StoredState[] {
  if (path === undefined) return [];
  return checked('state', path, parseInputState(readDocument('state', path)));
}

function checked<T>(kind: string, path: string, parsed: Parsed<T>): T {
  if ('value' in parsed) return parsed.value;
  throw new ConfigError(`The ${kind} file ${path} cannot be used: ${parsed.problem}.`);
}

/** Any path, any extension. What a document holds is never quoted: it may be secret. */
function readDocument(kind: string, path: string): Json {
  const text = readText(kind, path);
  try {
    return JSON.parse(text) as Json;
  } catch {
    // What the parser says quotes the text: it is not even kept as a cause.
    throw new ConfigError(`The ${kind} file ${path} is not JSON.`);
  }
}

function readText(kind: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    const code = (cause as {code?: unknown}).code;
    throw new ConfigError(`The ${kind} file ${path} cannot be read: ${reason(code)}.`, {
      cause,
    });
  }
}

function reason(code: unknown): string {
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EACCES':
    case 'EPERM':
      return 'access is denied';
    case 'EISDIR':
      return 'it is a folder';
    default:
      return String(code);
  }
}
