import {ConfigError} from 'airbyte-cdk-ts';

import type {ColumnType} from '../../table/table-definition';
import type {MetaData, Protocol} from './actions';
import type {Snapshot} from './snapshot';
import {schemaFields} from './table-schema';

/** Features a version of the protocol implies, by the first version that does. */
const IMPLIED_BY_WRITER: readonly (readonly [number, readonly string[]])[] = [
  [2, ['appendOnly', 'invariants']],
  [3, ['checkConstraints']],
  [4, ['changeDataFeed', 'generatedColumns']],
  [5, ['columnMapping']],
  [6, ['identityColumns']],
];

const TIMESTAMP_NTZ = 'timestampNtz';

/** Features whose rules we keep, or which stand unused in the tables we accept. */
const KNOWN = new Set([
  'appendOnly',
  'invariants',
  'checkConstraints',
  'changeDataFeed',
  'generatedColumns',
  'columnMapping',
  'identityColumns',
  TIMESTAMP_NTZ,
  'domainMetadata',
  'clustering',
  'deletionVectors',
  'vacuumProtocolCheck',
]);

const NAMED_READER = 3;
const NAMED_WRITER = 7;

/** The least a table needs, so that the oldest readers may open it. */
export function protocolFor(types: readonly ColumnType[]): Protocol {
  const plain = {minReaderVersion: 1, minWriterVersion: 2};
  return protocolSteps(plain, types)[0]?.protocol ?? plain;
}

/** The step that lets the table hold these types, if it needs one. */
export function protocolSteps(
  protocol: Protocol,
  deltaTypes: readonly unknown[],
): readonly {readonly protocol: Protocol}[] {
  const allowed = protocol.readerFeatures?.includes(TIMESTAMP_NTZ) ?? false;
  if (allowed || !deltaTypes.includes('timestamp_ntz')) return [];
  return [{protocol: withTimestampNtz(protocol)}];
}

/** The protocol with wall-clock timestamps allowed, nothing taken away. */
function withTimestampNtz(protocol: Protocol): Protocol {
  return {
    minReaderVersion: NAMED_READER,
    minWriterVersion: NAMED_WRITER,
    readerFeatures: union(readerFeatures(protocol), TIMESTAMP_NTZ),
    writerFeatures: union(writerFeatures(protocol), TIMESTAMP_NTZ),
  };
}

function union(features: readonly string[], feature: string): readonly string[] {
  return [...new Set([...features, feature])];
}

function readerFeatures({
  minReaderVersion,
  readerFeatures,
}: Protocol): readonly string[] {
  return readerFeatures ?? (minReaderVersion >= 2 ? ['columnMapping'] : []);
}

function writerFeatures({
  minWriterVersion,
  writerFeatures,
}: Protocol): readonly string[] {
  return (
    writerFeatures ??
    IMPLIED_BY_WRITER.flatMap(([since, names]) =>
      minWriterVersion >= since ? names : [],
    )
  );
}

/**
 * Refuses a table we could not read whole or would write wrongly.
 * @throws ConfigError naming the features.
 */
export function guardFeatures(snapshot: Snapshot, folder: string): void {
  const reasons = [
    ...unknownFeatures(snapshot.protocol),
    ...featuresInUse(snapshot.metaData),
    ...deletionVectors(snapshot),
  ];
  if (reasons.length === 0) return;
  throw new ConfigError(
    `The Delta table at ${folder} uses what this connector does not support: ` +
      `${reasons.join(', ')}. Choose another table name or rewrite the table without it.`,
  );
}

function unknownFeatures(protocol: Protocol): string[] {
  const {minReaderVersion, minWriterVersion} = protocol;
  if (minReaderVersion > NAMED_READER) return [`reader version ${minReaderVersion}`];
  if (minWriterVersion > NAMED_WRITER) return [`writer version ${minWriterVersion}`];
  const named = new Set([...readerFeatures(protocol), ...writerFeatures(protocol)]);
  return [...named].filter((feature) => !KNOWN.has(feature));
}

/** Table properties that switch a feature on which we do not carry out. */
const REFUSED_PROPERTIES: Readonly<Record<string, string>> = {
  'delta.enableChangeDataFeed': 'changeDataFeed',
  'delta.enableDeletionVectors': 'deletionVectors',
  'delta.appendOnly': 'appendOnly',
};

/** Column metadata that puts a duty on writers. */
const REFUSED_METADATA: Readonly<Record<string, string>> = {
  'delta.invariants': 'invariants',
  'delta.generationExpression': 'generatedColumns',
  'delta.identity.start': 'identityColumns',
};

function featuresInUse({
  configuration,
  partitionColumns,
  schemaString,
}: MetaData): string[] {
  const properties = Object.entries(REFUSED_PROPERTIES).flatMap(
    ([property, feature]) => (configuration[property] === 'true' ? [feature] : []),
  );
  const constraints = Object.keys(configuration).filter((property) =>
    property.startsWith('delta.constraints.'),
  );
  const mapping = configuration['delta.columnMapping.mode'] ?? 'none';
  const metadata = schemaFields(schemaString).flatMap((field) =>
    Object.entries(REFUSED_METADATA).flatMap(([entry, feature]) =>
      entry in field.metadata ? [`${feature} (column ${field.name})`] : [],
    ),
  );
  return [
    ...properties,
    ...(constraints.length === 0 ? [] : ['checkConstraints']),
    ...(mapping === 'none' ? [] : ['columnMapping']),
    ...metadata,
    ...(partitionColumns.length === 0 ? [] : ['partition columns']),
  ];
}

function deletionVectors({files}: Snapshot): string[] {
  for (const {deletionVector} of files.values()) {
    if (deletionVector !== undefined) return ['deletionVectors'];
  }
  return [];
}
