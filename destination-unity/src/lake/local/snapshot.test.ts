import fc from 'fast-check';

import {decodeActions, encodeActions, type Action} from './actions';
import {Snapshot} from './snapshot';

describe('actions', () => {
  it('survive being written and read', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(...anyAction())), (actions) => {
        expect(decodeActions(encodeActions(actions), 'x')).toEqual(actions);
      }),
      {seed: 1},
    );
  });

  it('that a checkpoint gives as null are absent', () => {
    const line = '{"add":{"path":"a","stats":null,"tags":null},"remove":null}';

    expect(decodeActions(line, 'x')).toEqual([{add: {path: 'a'}}]);
  });

  it('are refused where a line is not JSON', () => {
    expect(() => decodeActions('{"add":', 'version 3')).toThrow('not JSON');
  });
});

describe('Snapshot', () => {
  it('is the same whether it is replayed from the start or from any checkpoint', () => {
    fc.assert(
      fc.property(commits(), fc.nat(), (versions, at) => {
        const whole = replayed(versions);
        const checkpointAt = at % versions.length;
        const early = replayed(versions.slice(0, checkpointAt + 1));

        const resumed = new Snapshot();
        resumed.apply(checkpointAt, decodeActions(encodeActions(early.actions()), 'x'));
        versions
          .slice(checkpointAt + 1)
          .forEach((actions, i) => resumed.apply(checkpointAt + 1 + i, actions));

        expect(summary(resumed)).toEqual(summary(whole));
      }),
      {seed: 2},
    );
  });

  it('holds exactly the files whose last action was an add', () => {
    fc.assert(
      fc.property(commits(), (versions) => {
        const last = new Map<string, boolean>();
        for (const {add, remove} of versions.flat()) {
          if (add !== undefined) last.set(add.path, true);
          if (remove !== undefined) last.set(remove.path, false);
        }
        const held = [...last].filter(([, isHeld]) => isHeld).map(([file]) => file);

        expect([...replayed(versions).files.keys()].sort()).toEqual(held.sort());
      }),
      {seed: 3},
    );
  });
});

function replayed(versions: readonly (readonly Action[])[]): Snapshot {
  const snapshot = new Snapshot();
  versions.forEach((actions, version) => snapshot.apply(version, actions));
  return snapshot;
}

/** `dataChange` is left out: a checkpoint says that nothing changes. */
function summary(snapshot: Snapshot): unknown {
  return {
    version: snapshot.version,
    protocol: snapshot.protocol,
    metaData: snapshot.metaData,
    files: Object.fromEntries(
      [...snapshot.files].map(([file, add]) => [file, {...add, dataChange: false}]),
    ),
    tombstones: [...snapshot.tombstones.keys()].sort(),
    txns: Object.fromEntries(snapshot.txns),
    domains: Object.fromEntries(snapshot.domains),
  };
}

const FIRST: readonly Action[] = [
  {protocol: {minReaderVersion: 1, minWriterVersion: 2}},
  {
    metaData: {
      id: 'table',
      format: {provider: 'parquet', options: {}},
      schemaString: '{"type":"struct","fields":[]}',
      partitionColumns: [],
      configuration: {},
    },
  },
];

function commits(): fc.Arbitrary<(readonly Action[])[]> {
  return fc
    .array(fc.array(fc.oneof(...anyAction()), {maxLength: 5}), {maxLength: 12})
    .map((more) => [FIRST, ...more]);
}

function anyAction(): fc.Arbitrary<Action>[] {
  const path = fc.constantFrom('a', 'b', 'c%20d', 'e');
  const base = {partitionValues: fc.constant({}), dataChange: fc.constant(true)};
  const add = fc.record(
    {
      ...base,
      path,
      size: fc.nat(),
      modificationTime: fc.nat(),
      stats: fc.constantFrom('{"numRecords":1}', '{"minValues":{"a":"\\""}}'),
    },
    {
      requiredKeys: [
        'path',
        'size',
        'modificationTime',
        'partitionValues',
        'dataChange',
      ],
    },
  );
  return [
    add.map((file) => ({add: file})),
    fc.record({...base, path, deletionTimestamp: fc.nat()}).map((remove) => ({remove})),
    fc
      .record({appId: fc.constantFrom('x', 'y'), version: fc.nat()})
      .map((txn) => ({txn})),
    fc
      .record({
        domain: fc.constantFrom('d', 'e'),
        configuration: fc.string(),
        removed: fc.boolean(),
      })
      .map((domainMetadata) => ({domainMetadata})),
  ];
}
