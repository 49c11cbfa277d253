export {
  asConnectorError,
  ConfigError,
  ConnectorError,
  SystemError,
  TransientError,
  type ConnectorErrorOptions,
  type ErrorDetails,
  type FailureType,
} from './errors';
export {runDestination, runSource} from './run';
export {connectionSpecification} from './specification/connection-specification';
export {keptSpecification} from './specification/kept-specification';
export {hints, type FieldHints} from './specification/hints';
export {lintSpecification} from './specification/specification-lint';
export {parseConfig} from './specification/parse-config';
export {destinationSpec, sourceSpec, type About} from './specification/spec-message';
export type {Json, JsonObject} from './protocol/json';
export {
  streamKey,
  type ConfiguredCatalog,
  type ConfiguredStream,
  type DestinationSyncMode,
  type FieldPath,
  type StreamDescriptor,
  type SyncMode,
} from './protocol/catalog';
export type {Log, LogLevel} from './output/log';
export type {
  AnySourceStream,
  LineSink,
  RecordEnvelope,
  SourceStream,
  StreamDeclaration,
} from './source/source-stream';
export type {
  RateLimitListener,
  SourceConnector,
  SourceContext,
} from './source/source-connector';
export type {
  DestinationConnector,
  DestinationContext,
  DestinationSession,
  FlushLimits,
  IncomingRecord,
  LineRun,
  StreamWriter,
} from './destination/destination-connector';
