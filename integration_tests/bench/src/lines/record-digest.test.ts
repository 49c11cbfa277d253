import fc from 'fast-check';

import {RecordDigester, type RecordDigest} from './record-digest';

type Data = Record<string, string | number | null>;

function digestOf(records: readonly Data[], emittedAt = 1): RecordDigest {
  const digester = new RecordDigester();
  for (const data of records) {
    const record = {stream: 'timeseries', emitted_at: emittedAt, data};
    digester.line(JSON.stringify({type: 'RECORD', record}));
  }
  return digester.digest();
}

const data = fc.dictionary(
  fc.constantFrom('tag_name', 'timestamp', 'value', 'units'),
  fc.oneof(fc.string(), fc.double({noNaN: true}), fc.constant(null)),
);

describe('RecordDigester', () => {
  it('gives the same sum for records in any order, emitted at any time', () => {
    const orders = fc
      .array(data, {maxLength: 20})
      .chain((records) =>
        fc.tuple(
          fc.constant(records),
          fc.shuffledSubarray(records, {minLength: records.length}),
        ),
      );
    fc.assert(
      fc.property(orders, ([records, shuffled]) => {
        expect(digestOf(shuffled, 2)).toEqual(digestOf(records));
      }),
    );
  });

  it('takes a member that is null for one that is absent', () => {
    expect(digestOf([{value: 1, units: null}])).toEqual(digestOf([{value: 1}]));
  });

  it('tells a lost, a doubled and a changed record', () => {
    const base = digestOf([{value: 1}, {value: 2}]);
    expect(digestOf([{value: 1}])).not.toEqual(base);
    expect(digestOf([{value: 1}, {value: 2}, {value: 2}])).not.toEqual(base);
    expect(digestOf([{value: 1}, {value: 3}]).sum).not.toBe(base.sum);
  });

  it('leaves out what is no record', () => {
    const digester = new RecordDigester();
    digester.line('{"type":"STATE","state":{}}');
    digester.line('');
    expect(digester.digest()).toEqual({records: 0, sum: '0'});
  });
});
