import {Command, type CommanderError} from 'commander';
import {AirbyteDestination} from 'faros-airbyte-cdk/lib/destinations/destination';
import {AirbyteDestinationRunner} from 'faros-airbyte-cdk/lib/destinations/destination-runner';
import {
  AirbyteCatalogMessage,
  AirbyteConnectionStatus,
  AirbyteConnectionStatusMessage,
  AirbyteSpec,
  isAirbyteLog,
  type AirbyteConfig,
  type AirbyteConfiguredCatalog,
  type AirbyteMessage,
  type AirbyteState,
  type AirbyteStateMessage,
  type AirbyteStream,
  type Spec,
} from 'faros-airbyte-cdk/lib/protocol';
import {AirbyteSource} from 'faros-airbyte-cdk/lib/sources/source';
import {AirbyteSourceLogger} from 'faros-airbyte-cdk/lib/sources/source-logger';
import {AirbyteSourceRunner} from 'faros-airbyte-cdk/lib/sources/source-runner';

import {checkDestination, writeDestination} from './destination/destination-commands';
import type {DestinationConnector} from './destination/destination-connector';
import {readCatalog, readConfig, readState} from './documents';
import {ConfigError} from './errors';
import {ConnectorProcess, type Surroundings} from './process/connector-process';
import {inputChunks} from './input/standard-input';
import type {ConfiguredCatalog} from './protocol/catalog';
import type {StoredState} from './protocol/input-state';
import type {JsonObject} from './protocol/json';
import type {ConnectionStatus} from './protocol/messages';
import {checkSource, discoverSource, readSource} from './source/source-commands';
import type {SourceConnector} from './source/source-connector';
import {destinationSpec, sourceSpec} from './specification/spec-message';

/** The files a command was given. */
interface Paths {
  readonly config: string;
  readonly catalog: string;
  readonly state?: string;
}

const CHECKPOINT_INTERVAL_SECONDS = 30;
const STANDARD_INPUT = 0;

/** `runSource` on the frame's command line. */
export async function runSource<Config>(
  connector: SourceConnector<Config>,
): Promise<void> {
  const own = new ConnectorProcess(process.argv);
  const {surroundings} = own;
  const runner = new SourceRunner(new Source(connector, surroundings), surroundings);
  own.takeOver();
  await own.run(() => runner.run(process.argv));
}

/** `runDestination` on the frame's command line. */
export async function runDestination<Config>(
  connector: DestinationConnector<Config>,
): Promise<void> {
  const own = new ConnectorProcess(process.argv);
  const {surroundings} = own;
  const destination = new Destination(connector, surroundings);
  const runner = new DestinationRunner(destination, surroundings);
  own.takeOver();
  await own.run(() => runner.run(process.argv));
}

class Source<Config> extends AirbyteSource<AirbyteConfig> {
  /** All streams were read to their end. */
  isComplete = false;

  constructor(
    readonly connector: SourceConnector<Config>,
    private readonly surroundings: Surroundings,
  ) {
    super();
  }

  override spec(): Promise<AirbyteSpec> {
    return Promise.resolve(
      new AirbyteSpec(sourceSpec(this.connector) as unknown as Spec),
    );
  }

  override async check(config: AirbyteConfig): Promise<AirbyteConnectionStatusMessage> {
    return statusMessage(await checkSource(this.connector, config, this.surroundings));
  }

  override discover(config: AirbyteConfig): Promise<AirbyteCatalogMessage> {
    const streams = discoverSource(this.connector, config, this.surroundings);
    const catalog = {streams: streams as unknown as AirbyteStream[]};
    return Promise.resolve(new AirbyteCatalogMessage(catalog));
  }

  /** Yields nothing: the engine writes straight to the output. */
  // eslint-disable-next-line require-yield -- the frame asks for a generator
  override async *read(
    ...[config, , catalog, states]: Parameters<AirbyteSource<AirbyteConfig>['read']>
  ): AsyncGenerator<AirbyteMessage> {
    const order = {
      config,
      catalog: catalog as unknown as ConfiguredCatalog,
      states: states as unknown as readonly StoredState[],
      checkpointIntervalMs: checkpointIntervalMs(this.surroundings.environment),
    };
    this.isComplete = await readSource(this.connector, order, this.surroundings);
  }
}

class Destination<Config> extends AirbyteDestination<AirbyteConfig> {
  /** All that came was stored, and all streams were finished. */
  isComplete = false;

  constructor(
    readonly connector: DestinationConnector<Config>,
    private readonly surroundings: Surroundings,
  ) {
    super();
  }

  override spec(): Promise<AirbyteSpec> {
    const spec = destinationSpec(this.connector);
    return Promise.resolve(new AirbyteSpec(spec as unknown as Spec));
  }

  override async check(config: AirbyteConfig): Promise<AirbyteConnectionStatusMessage> {
    return statusMessage(
      await checkDestination(this.connector, config, this.surroundings),
    );
  }

  /** Yields nothing: the engine echoes states straight to the output. */
  // eslint-disable-next-line require-yield -- the frame asks for a generator
  override async *write(
    ...[config, , catalog, stdin]: Parameters<
      AirbyteDestination<AirbyteConfig>['write']
    >
  ): AsyncGenerator<AirbyteStateMessage> {
    const {signal} = this.surroundings;
    const order = {
      config,
      catalog: catalog as unknown as ConfiguredCatalog,
      input: inputChunks(stdin, STANDARD_INPUT, signal),
    };
    this.isComplete = await writeDestination(this.connector, order, this.surroundings);
  }
}

class SourceRunner<Config> extends AirbyteSourceRunner<AirbyteConfig> {
  constructor(
    private readonly door: Source<Config>,
    private readonly surroundings: Surroundings,
  ) {
    super(new Logger(surroundings), door);
  }

  run(argv: readonly string[]): Promise<boolean> {
    return runCommandLine(this.mainCommand(), argv, () => this.#isDone);
  }

  #isDone = true;

  override mainCommand(): Command {
    const commands = [this.specCommand(), this.checkCommand(), this.discoverCommand()];
    return program(
      this.door.connector,
      [...commands, this.readCommand()],
      this.surroundings,
    );
  }

  override specCommand(): Command {
    return super.specCommand().action(async () => {
      this.logger.write(await this.door.spec());
    });
  }

  override checkCommand(): Command {
    return super.checkCommand().action(async ({config}: Paths) => {
      this.logger.write(await this.door.check(readConfig(config)));
    });
  }

  override discoverCommand(): Command {
    return super.discoverCommand().action(async ({config}: Paths) => {
      this.logger.write(await this.door.discover(readConfig(config)));
    });
  }

  override readCommand(): Command {
    return super.readCommand().action(async (paths: Paths) => {
      refuseSockets(this.surroundings.environment);
      const config = readConfig(paths.config);
      // The frame carries both through to our engine without looking at them.
      const catalog = readCatalog(paths.catalog) as unknown as AirbyteConfiguredCatalog;
      const states = readState(paths.state) as unknown as AirbyteState;
      await drain(this.door.read(config, {}, catalog, states));
      this.#isDone = this.door.isComplete;
    });
  }
}

class DestinationRunner<Config> extends AirbyteDestinationRunner<AirbyteConfig> {
  constructor(
    private readonly door: Destination<Config>,
    private readonly surroundings: Surroundings,
  ) {
    super(new Logger(surroundings), door);
  }

  run(argv: readonly string[]): Promise<boolean> {
    return runCommandLine(this.mainCommand(), argv, () => this.#isDone);
  }

  #isDone = true;

  override mainCommand(): Command {
    const commands = [this.specCommand(), this.checkCommand(), this.writeCommand()];
    return program(this.door.connector, commands, this.surroundings);
  }

  override specCommand(): Command {
    return super.specCommand().action(async () => {
      this.logger.write(await this.door.spec());
    });
  }

  override checkCommand(): Command {
    return super.checkCommand().action(async ({config}: Paths) => {
      this.logger.write(await this.door.check(readConfig(config)));
    });
  }

  override writeCommand(): Command {
    return super.writeCommand().action(async (paths: Paths) => {
      refuseSockets(this.surroundings.environment);
      const config = readConfig(paths.config);
      const catalog = readCatalog(paths.catalog) as unknown as AirbyteConfiguredCatalog;
      await drain(this.door.write(config, {}, catalog, process.stdin, false));
      this.#isDone = this.door.isComplete;
    });
  }
}

/** Whatever the frame says goes through the one output, free of secrets. */
class Logger extends AirbyteSourceLogger {
  constructor(private readonly surroundings: Surroundings) {
    super();
  }

  override write(message: AirbyteMessage): void {
    const {emitter} = this.surroundings;
    if (message instanceof AirbyteSpec) {
      emitter.answer('SPEC', {spec: message.spec as unknown as JsonObject});
    } else if (message instanceof AirbyteCatalogMessage) {
      emitter.answer('CATALOG', {catalog: message.catalog as unknown as JsonObject});
    } else if (message instanceof AirbyteConnectionStatusMessage) {
      emitter.connectionStatus(message.connectionStatus as ConnectionStatus);
    } else if (isAirbyteLog(message)) {
      emitter.log.info(message.log.message);
    }
  }
}

function statusMessage({
  status,
  message,
}: ConnectionStatus): AirbyteConnectionStatusMessage {
  return new AirbyteConnectionStatusMessage({
    status: AirbyteConnectionStatus[status],
    message,
  });
}

async function drain(messages: AsyncGenerator): Promise<void> {
  while ((await messages.next()).done !== true);
}

/** The command line of a connector: tolerant of options it does not know. */
function program(
  connector: {readonly name: string; readonly version: string},
  commands: readonly Command[],
  {emitter}: Surroundings,
): Command {
  const whole = new Command().name(connector.name).version(connector.version);
  for (const command of commands) whole.addCommand(command);
  for (const command of [whole, ...commands]) {
    command
      .option('--debug', 'tell more')
      .allowExcessArguments()
      .allowUnknownOption()
      .exitOverride()
      .configureOutput({
        writeOut: (text) => emitter.queue.append(text),
        writeErr: () => undefined,
      });
  }
  return whole;
}

async function runCommandLine(
  command: Command,
  argv: readonly string[],
  isDone: () => boolean,
): Promise<boolean> {
  try {
    await command.parseAsync([...argv]);
    return isDone();
  } catch (cause) {
    if (!isCommandLineError(cause)) throw cause;
    if (cause.exitCode === 0) return true;
    const isBare = cause.code === 'commander.help';
    const said = isBare
      ? 'no command was given'
      : cause.message.replace(/^error: /, '');
    throw new ConfigError(
      `The command line cannot be understood: ${said}. See --help.`,
    );
  }
}

/** Known by its code: the frame has a copy of the library, and so a class, of its own. */
function isCommandLineError(cause: unknown): cause is CommanderError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && code.startsWith('commander.');
}

function checkpointIntervalMs(environment: NodeJS.ProcessEnv): number {
  const seconds = Number.parseFloat(environment['CHECKPOINT_INTERVAL_SECONDS'] ?? '');
  return (seconds >= 0 ? seconds : CHECKPOINT_INTERVAL_SECONDS) * 1000;
}

function refuseSockets(environment: NodeJS.ProcessEnv): void {
  if (environment['DATA_CHANNEL_MEDIUM'] !== 'SOCKET') return;
  throw new ConfigError(
    'This connector speaks over standard input and output only, not over sockets. ' +
      'Take the IPC options of the connector out of its metadata.',
  );
}
