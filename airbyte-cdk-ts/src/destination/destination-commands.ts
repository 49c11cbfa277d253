import {ConfigError, TransientError} from '../errors';
import type {ChunkInput} from '../input/chunk-input';
import type {Redactor} from '../output/redaction';
import type {ConfiguredCatalog} from '../protocol/catalog';
import type {JsonObject} from '../protocol/json';
import type {ConnectionStatus} from '../protocol/messages';
import {parseConfig} from '../specification/parse-config';
import {secretsOf} from '../specification/secret-values';
import type {DestinationConnector, DestinationContext} from './destination-connector';
import {write, type WriteEngineOptions} from './write-engine';

/** What the commands of a destination stand on. */
export interface DestinationSurroundings extends Pick<
  WriteEngineOptions,
  'emitter' | 'signal' | 'checkMemory' | 'clockMs' | 'every'
> {
  readonly redactor: Redactor;
}

/** What `write` is given besides the configuration. */
export interface WriteOrder {
  readonly config: JsonObject;
  readonly catalog: ConfiguredCatalog;
  readonly input: ChunkInput;
}

const PROGRESS_INTERVAL_MS = 10_000;

/** Answers `check`: what the user or time can mend is FAILED, the rest is thrown. */
export async function checkDestination<Config>(
  connector: DestinationConnector<Config>,
  config: JsonObject,
  surroundings: DestinationSurroundings,
): Promise<ConnectionStatus> {
  try {
    const parsed = accept(connector, config, surroundings);
    const message = await connector.check(parsed, contextOf(surroundings));
    return {status: 'SUCCEEDED', message};
  } catch (cause) {
    if (!(cause instanceof ConfigError || cause instanceof TransientError)) throw cause;
    return {status: 'FAILED', message: cause.message};
  }
}

/** Writes what comes on the input. False if not all was stored; that has been told. */
export async function writeDestination<Config>(
  connector: DestinationConnector<Config>,
  order: WriteOrder,
  surroundings: DestinationSurroundings,
): Promise<boolean> {
  const {emitter} = surroundings;
  const config = accept(connector, order.config, surroundings);
  emitter.log.info(`${connector.name} ${connector.version} begins to write.`);
  const session = await connector.session(config, contextOf(surroundings));
  try {
    return await write({
      ...surroundings,
      session,
      catalog: order.catalog,
      input: order.input,
      progressIntervalMs: PROGRESS_INTERVAL_MS,
    });
  } finally {
    await session.close();
  }
}

/** Hides the secrets first: what is wrong with a configuration is told in words. */
function accept<Config>(
  {configSchema}: DestinationConnector<Config>,
  config: JsonObject,
  {redactor}: DestinationSurroundings,
): Config {
  redactor.conceal(secretsOf(configSchema, config));
  return parseConfig(configSchema, config);
}

function contextOf({emitter, redactor}: DestinationSurroundings): DestinationContext {
  return {log: emitter.log, conceal: (secret) => redactor.conceal([secret])};
}
