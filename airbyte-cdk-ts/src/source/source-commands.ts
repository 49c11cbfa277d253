import {ConfigError, TransientError} from '../errors';
import type {Redactor} from '../output/redaction';
import type {ConfiguredCatalog} from '../protocol/catalog';
import {matchStates, type StoredState} from '../protocol/input-state';
import type {JsonObject} from '../protocol/json';
import {descriptorJson, type ConnectionStatus} from '../protocol/messages';
import {parseConfig} from '../specification/parse-config';
import {secretsOf} from '../specification/secret-values';
import {ReadEngine, type ReadEngineOptions} from './read-engine';
import type {SourceConnector, SourceContext} from './source-connector';
import type {StreamDeclaration} from './source-stream';

/** What the commands of a source stand on. */
export interface SourceSurroundings extends Pick<
  ReadEngineOptions,
  'emitter' | 'signal' | 'checkMemory' | 'clockMs' | 'every'
> {
  readonly redactor: Redactor;
}

/** What `read` is given besides the configuration. */
export interface ReadOrder {
  readonly config: JsonObject;
  readonly catalog: ConfiguredCatalog;
  readonly states: readonly StoredState[];
  /** A STATE is written when the last one is older, at the end of a slice. */
  readonly checkpointIntervalMs: number;
}

const PROGRESS_INTERVAL_MS = 10_000;

/** Nobody is told of waiting while there is no stream. */
const DEAF: SourceContext['rateLimit'] = {
  waiting: () => undefined,
  resumed: () => undefined,
};

/** Answers `check`: what the user or time can mend is FAILED, the rest is thrown. */
export async function checkSource<Config>(
  connector: SourceConnector<Config>,
  config: JsonObject,
  surroundings: SourceSurroundings,
): Promise<ConnectionStatus> {
  try {
    const parsed = accept(connector, config, surroundings);
    const message = await connector.check(parsed, contextOf(surroundings, DEAF));
    return {status: 'SUCCEEDED', message};
  } catch (cause) {
    if (!(cause instanceof ConfigError || cause instanceof TransientError)) throw cause;
    return {status: 'FAILED', message: cause.message};
  } finally {
    await connector.close?.();
  }
}

/** Answers `discover`: the streams of the catalog. */
export function discoverSource<Config>(
  connector: SourceConnector<Config>,
  config: JsonObject,
  surroundings: SourceSurroundings,
): readonly JsonObject[] {
  return connector
    .discover(accept(connector, config, surroundings))
    .map(declarationJson);
}

/** Reads the streams of the catalog. False if any of them failed; that has been told. */
export async function readSource<Config>(
  connector: SourceConnector<Config>,
  order: ReadOrder,
  surroundings: SourceSurroundings,
): Promise<boolean> {
  const config = accept(connector, order.config, surroundings);
  const descriptors = order.catalog.streams.map(({descriptor}) => descriptor);
  const engine = new ReadEngine({
    ...surroundings,
    catalog: order.catalog,
    states: matchStates(order.states, descriptors),
    concurrency: connector.concurrency(config),
    checkpointIntervalMs: order.checkpointIntervalMs,
    progressIntervalMs: PROGRESS_INTERVAL_MS,
  });
  const {emitter} = surroundings;
  emitter.log.info(`${connector.name} ${connector.version} begins to read.`);
  try {
    const context = contextOf(surroundings, engine.rateLimit);
    return await engine.read(await connector.streams(config, context));
  } finally {
    await connector.close?.();
  }
}

/** Hides the secrets first: what is wrong with a configuration is told in words. */
function accept<Config>(
  {configSchema}: SourceConnector<Config>,
  config: JsonObject,
  {redactor}: SourceSurroundings,
): Config {
  redactor.conceal(secretsOf(configSchema, config));
  return parseConfig(configSchema, config);
}

function contextOf(
  {emitter, signal, redactor}: SourceSurroundings,
  rateLimit: SourceContext['rateLimit'],
): SourceContext {
  const conceal = (secret: string): void => redactor.conceal([secret]);
  const concealPassing = (secret: string): void => redactor.concealPassing(secret);
  return {log: emitter.log, signal, rateLimit, conceal, concealPassing};
}

/** A stream as the catalog has it. */
function declarationJson(declaration: StreamDeclaration): JsonObject {
  const {cursorField, primaryKey, isResumable} = declaration;
  const cursor =
    cursorField.length === 0
      ? {}
      : {source_defined_cursor: true, default_cursor_field: cursorField};
  const key = primaryKey.length === 0 ? {} : {source_defined_primary_key: primaryKey};
  return {
    ...descriptorJson(declaration),
    json_schema: declaration.jsonSchema,
    supported_sync_modes: declaration.supportedSyncModes,
    // A stream that can go on where it stopped has a cursor of its own, if a hidden one.
    ...(isResumable ? {source_defined_cursor: true} : {}),
    ...cursor,
    ...key,
    is_resumable: isResumable,
  };
}
