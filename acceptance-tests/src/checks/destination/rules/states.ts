import {isDeepStrictEqual} from 'node:util';

import {inside, type Message} from '../../../run/outcome';
import {error, unless, type Finding} from '../../check';
import {
  complete,
  record,
  state,
  type Entry,
  type Property,
  type Table,
} from '../conversation';
import {contentOf, countOf, isOf, type Echo, type Storage, type Sync} from '../storage';
import {at, wentWell, type Rule} from './rule';

const PROPERTIES: Readonly<Record<string, Property>> = {id: {type: 'integer'}};

/** An integer that a double cannot say. */
const LONG = '9007199254740993';

/** States of two streams, some without records, some with members nobody knows. */
export const STATE_RULES: readonly Rule[] = [
  {
    id: 'states',
    name: 'states of streams come back in order, unchanged, with their counts',
    needs: ['append'],
    judge: streamStates,
  },
  {
    id: 'global',
    name: 'a global state comes back unchanged, with its count',
    needs: ['append'],
    judge: globalState,
  },
];

interface Sent {
  readonly line: string;
  /** Records of the stream since its last state. */
  readonly count: number;
}

async function streamStates(storage: Storage): Promise<readonly Finding[]> {
  const namespace = storage.namespace();
  const [a, b] = [
    {namespace, stream: 'left'},
    {namespace, stream: 'right'},
  ] as const;
  const [a1, a2, a3] = [
    {line: state(a, {n: 1, ü: [1, {deep: null}]}, 2), count: 2},
    {line: strange(state(a, {n: 2}, 0)), count: 0},
    {line: state(a, {n: 3, at: LONG_MARK}).replace(`"${LONG_MARK}"`, LONG), count: 1},
  ] as const;
  const [b1, b2] = [
    {line: state(b, {n: 1}, 1), count: 1},
    {line: state(b, {n: 2}, 2), count: 2},
  ] as const;
  const sync = await storage.sync({
    entries: [a, b].map((table) => ({...table, properties: PROPERTIES})),
    lines: [
      ...[rec(a, 1), rec(b, 1), rec(a, 2), a1.line, b1.line],
      ...[a2.line, rec(b, 2), rec(a, 3), a3.line, rec(b, 3)],
      ...[complete(a), b2.line, complete(b)],
    ],
  });
  return [
    ...wentWell(sync),
    ...at('stream left', comparedStates(sync, a, [a1, a2, a3])),
    ...at('stream right', comparedStates(sync, b, [b1, b2])),
  ];
}

const LONG_MARK = 'a long integer';

/** Adds members that no protocol has. */
function strange(line: string): string {
  const {type, state: told} = JSON.parse(line) as {type: string; state: Message};
  return JSON.stringify({
    type,
    state: {id: 7, ...told, partition_id: 'p', something: {new: [1, 'two']}},
  });
}

function rec(table: Table, id: number): string {
  return record(table, {id});
}

function comparedStates(
  {states}: Sync,
  table: Table,
  sent: readonly Sent[],
): readonly Finding[] {
  const echoed = states.filter((echo) => isOf(table, echo));
  const order = echoed.map((echo) => inside(contentOf(echo), 'n'));
  const wanted = sent.map((_, i) => i + 1);
  if (order.join() !== wanted.join()) {
    return [
      error(
        `states [${wanted.join(', ')}] were sent and [${order.join(', ')}] came back`,
      ),
    ];
  }
  return echoed.flatMap((echo, i) => {
    const each = sent[i];
    return each === undefined ? [] : at(`state ${i + 1}`, comparedState(echo, each));
  });
}

function comparedState(echo: Echo, {line, count}: Sent): readonly Finding[] {
  const {state: given} = JSON.parse(line) as {readonly state: Message};
  const {destinationStats, ...back} = echo.state;
  return [
    ...unless(isDeepStrictEqual(back, given), `came back as ${JSON.stringify(back)}`),
    ...unless(
      line.includes(LONG) === echo.text.includes(LONG),
      `an integer of 64 bits came back as another`,
    ),
    ...unless(
      countOf(echo) === count,
      `destinationStats are ${JSON.stringify(destinationStats)} after ${count} records`,
    ),
  ];
}

async function globalState(storage: Storage): Promise<readonly Finding[]> {
  const namespace = storage.namespace();
  const tables = ['left', 'right'].map((stream) => ({namespace, stream}));
  const entries: readonly Entry[] = tables.map((table) => ({
    ...table,
    properties: PROPERTIES,
  }));
  const line = JSON.stringify({
    type: 'STATE',
    state: {
      type: 'GLOBAL',
      global: {
        shared_state: {lsn: 42},
        stream_states: tables.map(({stream: name}) => ({
          stream_descriptor: {name, namespace},
          stream_state: {n: 1},
        })),
      },
      sourceStats: {recordCount: 2},
    },
  });
  const sync = await storage.sync({
    entries,
    lines: [
      ...tables.map((table) => rec(table, 1)),
      line,
      ...tables.map((table) => complete(table)),
    ],
  });
  const [echo, ...others] = sync.states;
  return [
    ...wentWell(sync),
    ...(echo === undefined || others.length > 0
      ? [error(`one state was sent and ${sync.states.length} came back`)]
      : comparedState(echo, {line, count: 2})),
  ];
}
