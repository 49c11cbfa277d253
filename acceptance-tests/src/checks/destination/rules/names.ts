import {unless, type Finding} from '../../check';
import {complete, record, state, type Entry, type Table} from '../conversation';
import {countOf, isOf, type Storage} from '../storage';
import {at, holds, wentWell, type Rule} from './rule';

export const NAME_RULES: readonly Rule[] = [
  {
    id: 'namespaces',
    name: 'streams of one name in two namespaces stay apart',
    needs: ['append'],
    judge: twoNamespaces,
  },
  {
    id: 'columns',
    name: 'whatever a column is called, its values are kept',
    needs: ['append'],
    judge: oddColumns,
  },
  {
    id: 'stream name',
    name: 'whatever a stream is called, its rows are kept',
    needs: ['append'],
    judge: oddStream,
  },
];

async function twoNamespaces(storage: Storage): Promise<readonly Finding[]> {
  const base = storage.namespace();
  const tables: readonly Table[] = ['a', 'b'].map((letter) => ({
    namespace: `${base}_${letter}`,
    stream: 'things',
  }));
  const [a, b] = tables as readonly [Table, Table];
  const sync = await storage.sync({
    entries: tables.map((table) => ({...table, properties: {id: {type: 'integer'}}})),
    lines: [
      ...[1, 2].map((id) => record(a, {id})),
      ...[record(b, {id: 3}), state(a, {n: 1}, 2), state(b, {n: 1}, 1)],
      ...[complete(a), complete(b)],
    ],
  });
  const counts = tables.map((table) =>
    sync.states.filter((echo) => isOf(table, echo)).map(countOf),
  );
  return [
    ...wentWell(sync),
    ...at('the first', holds(await storage.rows(a), 'id', [1, 2])),
    ...at('the second', holds(await storage.rows(b), 'id', [3])),
    ...unless(
      JSON.stringify(counts) === '[[2],[1]]',
      `states of 2 and 1 records were counted as ${JSON.stringify(counts)}`,
    ),
  ];
}

/** Words of SQL, names that differ in case or in what an alphabet lacks, long ones. */
const NAMES: readonly string[] = [
  ...['select', 'order', 'Name', 'name', 'NAME', 'a b', 'a-b', 'a.b', 'a_b'],
  ...['`', '"quoted"', "it's", 'back\\slash', '1st', ' ', '', 'ä', 'a', 'é', 'e\u0301'],
  ...[
    'русский',
    '日本語',
    '\u{1F600}',
    '${x}',
    '{a}',
    'a,b;c',
    'tab\there',
    '%20',
    'data',
  ],
  ...['__proto__', 'constructor', 'x'.repeat(300), `${'x'.repeat(300)}y`],
];

/** Columns may be called what the destination likes; each value has one of its own. */
async function oddColumns(storage: Storage): Promise<readonly Finding[]> {
  const members = NAMES.map((name, i) => [name, `value ${i}`] as const);
  const entry: Entry = {
    ...{namespace: storage.namespace(), stream: 'things'},
    properties: Object.fromEntries(members.map(([name]) => [name, {type: 'string'}])),
  };
  const sync = await storage.sync({
    entries: [entry],
    lines: [
      record(entry, Object.fromEntries(members)),
      ...[state(entry, {n: 1}, 1), complete(entry)],
    ],
  });
  const rows = await storage.rows(entry);
  const stored = rows.flatMap((row) => Object.values(row));
  return [
    ...wentWell(sync),
    ...unless(rows.length === 1, `${rows.length} rows instead of one`),
    ...members.flatMap(([name, value]) =>
      unless(
        stored.filter((each) => each === value).length === 1,
        `the column ${JSON.stringify(name.slice(0, 40))} is lost`,
      ),
    ),
  ];
}

async function oddStream(storage: Storage): Promise<readonly Finding[]> {
  const entry: Entry = {
    ...{namespace: `${storage.namespace()} Ü-1`, stream: 'Order "Details" ä/1'},
    properties: {id: {type: 'integer'}},
  };
  const sync = await storage.sync({
    entries: [entry],
    lines: [
      ...[1, 2].map((id) => record(entry, {id})),
      ...[state(entry, {n: 1}, 2), complete(entry)],
    ],
  });
  return [...wentWell(sync), ...holds(await storage.rows(entry), 'id', [1, 2])];
}
