import type {MetaData, Protocol} from './actions';
import {guardFeatures, protocolFor, protocolSteps} from './features';
import {Snapshot} from './snapshot';

describe('guardFeatures', () => {
  it('accepts plain tables of every older protocol', () => {
    for (const minWriterVersion of [1, 2, 3, 4, 5, 6]) {
      expect(() =>
        guard({protocol: {minReaderVersion: 1, minWriterVersion}}),
      ).not.toThrow();
    }
  });

  it.each([
    ['v2Checkpoint', {protocol: named('v2Checkpoint')}],
    ['rowTracking', {protocol: named('rowTracking')}],
    ['reader version 4', {protocol: {minReaderVersion: 4, minWriterVersion: 7}}],
    ['writer version 8', {protocol: {minReaderVersion: 3, minWriterVersion: 8}}],
    ['changeDataFeed', {configuration: {'delta.enableChangeDataFeed': 'true'}}],
    ['columnMapping', {configuration: {'delta.columnMapping.mode': 'name'}}],
    ['checkConstraints', {configuration: {'delta.constraints.positive': 'a > 0'}}],
    ['appendOnly', {configuration: {'delta.appendOnly': 'true'}}],
    ['partition columns', {partitionColumns: ['day']}],
    [
      'generatedColumns (column a)',
      {columnMetadata: {'delta.generationExpression': 'b'}},
    ],
  ] as const)('refuses %s by its name', (feature, table) => {
    expect(() => guard(table)).toThrow(feature);
  });

  it('refuses a file with a deletion vector', () => {
    const snapshot = snapshotOf({});
    const add = {
      path: 'a',
      partitionValues: {},
      size: 1,
      modificationTime: 1,
      dataChange: true,
      deletionVector: {cardinality: 1},
    };
    snapshot.apply(1, [{add}]);

    expect(() => guardFeatures(snapshot, '/lake/t')).toThrow('deletionVectors');
  });
});

describe('protocolFor', () => {
  it('asks no more of readers than the columns need', () => {
    expect(protocolFor(['string', 'timestamp'])).toEqual({
      minReaderVersion: 1,
      minWriterVersion: 2,
    });
  });

  it('names wall-clock timestamps, and what the older protocol implied', () => {
    expect(protocolFor(['timestamp_ntz'])).toEqual({
      minReaderVersion: 3,
      minWriterVersion: 7,
      readerFeatures: ['timestampNtz'],
      writerFeatures: ['appendOnly', 'invariants', 'timestampNtz'],
    });
  });
});

describe('protocolSteps', () => {
  it('leaves a protocol alone that allows the types already', () => {
    expect(protocolSteps(named('timestampNtz'), ['timestamp_ntz'])).toEqual([]);
  });
});

interface Sample {
  readonly protocol?: Protocol;
  readonly configuration?: MetaData['configuration'];
  readonly partitionColumns?: readonly string[];
  readonly columnMetadata?: Readonly<Record<string, string>>;
}

function guard(sample: Sample): void {
  guardFeatures(snapshotOf(sample), '/lake/t');
}

function snapshotOf({
  protocol = {minReaderVersion: 1, minWriterVersion: 2},
  configuration = {},
  partitionColumns = [],
  columnMetadata = {},
}: Sample): Snapshot {
  const fields = [
    {name: 'a', type: 'string', nullable: true, metadata: columnMetadata},
  ];
  const snapshot = new Snapshot();
  const metaData: MetaData = {
    id: 'table',
    format: {provider: 'parquet', options: {}},
    schemaString: JSON.stringify({type: 'struct', fields}),
    partitionColumns,
    configuration,
  };
  snapshot.apply(0, [{protocol}, {metaData}]);
  return snapshot;
}

function named(feature: string): Protocol {
  return {
    minReaderVersion: 3,
    minWriterVersion: 7,
    readerFeatures: [feature],
    writerFeatures: [feature],
  };
}
