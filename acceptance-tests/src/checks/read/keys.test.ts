import {recordIn} from '../../reading/records';
import {KeyJudge} from './keys';
import {outcomeOf} from './printed.stand-in';
import type {ReadPlan} from './record-judge';

const stream = {name: 'a', json_schema: {}, source_defined_primary_key: [['k', 'id']]};
const configured = {
  stream,
  sync_mode: 'full_refresh',
  destination_sync_mode: 'append',
} as const;
const plan = {
  test: {validate_primary_keys_data_type: true},
  catalog: {streams: [configured]},
} as unknown as ReadPlan;

async function said(keys: readonly unknown[]): Promise<readonly string[]> {
  const messages = keys.map((id) => ({
    type: 'RECORD',
    record: {stream: 'a', data: {k: {id}}},
  }));
  const judge = new KeyJudge(plan);
  for (const message of messages) {
    judge.take({...recordIn(message), stream: configured, text: ''});
  }
  return (await judge.findings(outcomeOf(messages))).map(({message}) => message);
}

describe('KeyJudge', () => {
  it('finds nothing in keys that are all different', async () => {
    expect(await said(Array.from({length: 5000}, (_, i) => i))).toEqual([]);
  });

  it('tells the key that is there again, the last of many too', async () => {
    expect(await said([...Array.from({length: 5000}, (_, i) => i), 4999])).toEqual([
      'a: a key is there twice: a[4999]',
    ]);
  });

  it('tells a number from a text', async () => {
    expect(await said([1, '1'])).toEqual([]);
  });

  it('counts how often a rule is broken', async () => {
    expect(await said([1, 1, 1, null, [2]])).toEqual([
      'a: a key has no value at all',
      'a: "k.id" of the key is an object or a list',
      'a: a key is there twice: a[1] (2 times)',
    ]);
  });
});
