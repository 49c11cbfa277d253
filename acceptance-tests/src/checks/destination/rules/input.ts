import {readFileSync} from 'node:fs';

import {stderrOf} from '../../../run/outcome';
import {unless, type Finding} from '../../check';
import {
  complete,
  record,
  state,
  status,
  EMITTED_AT,
  type Entry,
  type Property,
} from '../conversation';
import {contentOf, type Storage} from '../storage';
import {failed, holds, wentWell, type Rule} from './rule';

const PROPERTIES: Readonly<Record<string, Property>> = {
  id: {type: 'integer'},
  text: {type: 'string'},
};

/** What comes in besides records and states: nothing of it may harm the rows. */
export const INPUT_RULES: readonly Rule[] = [
  {
    id: 'noise',
    name: 'messages of no concern are passed over',
    needs: ['append'],
    judge: noise,
  },
  {id: 'torn', name: 'a broken line is no success', needs: ['append'], judge: tornLine},
  {
    id: 'strangers',
    name: 'records of an unknown stream harm no other',
    needs: ['append'],
    judge: strangers,
  },
  {
    id: 'large',
    name: 'a large record is stored',
    needs: ['append'],
    judge: largeRecord,
  },
];

function entryOf(storage: Storage): Entry {
  return {namespace: storage.namespace(), stream: 'things', properties: PROPERTIES};
}

async function noise(storage: Storage): Promise<readonly Finding[]> {
  const entry = entryOf(storage);
  const sync = await storage.sync({
    entries: [entry],
    lines: [
      JSON.stringify({type: 'LOG', log: {level: 'INFO', message: '{"type":"STATE"}'}}),
      ...['text of a library', '', '   ', '[1, 2]'],
      ...[status(entry, 'STARTED'), record(entry, {id: 1, undeclared: {deep: true}})],
      ...unknownMessages(entry),
      ...[record(entry, {id: 2}), state(entry, {n: 1}, 2)],
      ...[complete({...entry, stream: 'unknown'}), complete(entry), complete(entry)],
    ],
  });
  return [
    ...wentWell(sync),
    ...unless(sync.states.length === 1, `${sync.states.length} states instead of one`),
    ...holds(await storage.rows(entry), 'id', [1, 2]),
  ];
}

/** Messages that are not for a destination, and some that no protocol has. */
function unknownMessages(entry: Entry): readonly string[] {
  const {namespace, stream: name} = entry;
  const trace = (type: string, more: object) =>
    JSON.stringify({type: 'TRACE', trace: {type, emitted_at: EMITTED_AT, ...more}});
  const control = {
    ...{type: 'CONNECTOR_CONFIG', emitted_at: EMITTED_AT},
    connectorConfig: {config: {}},
  };
  return [
    status(entry, 'RUNNING'),
    JSON.stringify({type: 'CONTROL', control}),
    JSON.stringify({type: 'SOMETHING_NEW', something: {record: 1}, record: null}),
    trace('ESTIMATE', {estimate: {name, namespace, type: 'STREAM', row_estimate: 2}}),
    trace('ANALYTICS', {analytics: {type: 'a', value: 'b'}}),
    trace('SOMETHING_NEW', {something: 1}),
  ];
}

const SECRET_VALUE = 'a-value-of-a-row-48151623';

async function tornLine(storage: Storage): Promise<readonly Finding[]> {
  const entry = entryOf(storage);
  const torn = record(entry, {id: 2, text: SECRET_VALUE}).slice(0, -4);
  const sync = await storage.sync({
    entries: [entry],
    lines: [
      ...[record(entry, {id: 1}), state(entry, {n: 1}, 1), torn],
      ...[record(entry, {id: 3}), state(entry, {n: 2}, 2), complete(entry)],
    ],
  });
  const said = readFileSync(sync.outcome.stdoutFile, 'utf8') + stderrOf(sync.outcome);
  const echoed = sync.states.map((echo) => JSON.stringify(contentOf(echo)));
  const ids = (await storage.rows(entry)).map(({id}) => String(id));
  return [
    ...failed(sync, 'a record was torn'),
    ...unless(!echoed.includes('{"n":2}'), 'a state after the torn record came back'),
    ...unless(echoed.includes('{"n":1}'), 'the state before the torn record is lost'),
    ...unless(ids.includes('1'), 'the record before the torn one is lost'),
    ...unless(!said.includes(SECRET_VALUE), 'the torn line is quoted'),
  ];
}

/** Whether the write fails for it is the destination's to decide. */
async function strangers(storage: Storage): Promise<readonly Finding[]> {
  const entry = entryOf(storage);
  const {namespace} = entry;
  const sync = await storage.sync({
    entries: [entry],
    lines: [
      record(entry, {id: 1}),
      record({namespace, stream: 'strangers'}, {id: 7}),
      record({namespace: `${namespace}_other`, stream: 'things'}, {id: 8}),
      record(entry, {id: 2}),
      ...[state(entry, {n: 1}, 2), complete(entry)],
    ],
  });
  return [
    ...unless(sync.states.length === 1, `${sync.states.length} states instead of one`),
    ...holds(await storage.rows(entry), 'id', [1, 2]),
  ];
}

async function largeRecord(storage: Storage): Promise<readonly Finding[]> {
  const entry = entryOf(storage);
  const {largeRecordBytes: size} = storage;
  const sync = await storage.sync({
    entries: [entry],
    lines: [
      record(entry, {id: 1, text: 'x'.repeat(size)}),
      ...[record(entry, {id: 2}), state(entry, {n: 1}, 2), complete(entry)],
    ],
  });
  const rows = await storage.rows(entry);
  const text = rows.find(({id}) => String(id) === '1')?.['text'];
  const length = typeof text === 'string' ? text.length : 0;
  return [
    ...wentWell(sync),
    ...holds(rows, 'id', [1, 2]),
    ...unless(length === size, `of ${size} characters of a text ${length} are stored`),
  ];
}
