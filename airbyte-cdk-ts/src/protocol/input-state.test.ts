import {streamKey, type StreamDescriptor} from './catalog';
import {matchStates, parseInputState, type StoredState} from './input-state';
import type {Json} from './json';

const STREAM = {
  type: 'STREAM',
  stream: {stream_descriptor: {name: 'a'}, stream_state: {x: 1}},
};
const GLOBAL = {
  shared_state: {lsn: 1},
  stream_states: [{stream_descriptor: {name: 'a'}, stream_state: {x: 1}}],
};
const A = [{descriptor: {name: 'a'}, state: {x: 1}}];

describe('parseInputState', () => {
  it.each<[string, Json, readonly StoredState[]]>([
    ['an empty list', [], []],
    ['an empty object', {}, []],
    ['nothing', null, []],
    ['a list of STREAM states', [STREAM], A],
    ['one STREAM state', STREAM, A],
    ['a STREAM state that does not say so', [{stream: STREAM.stream}], A],
    ['a STATE message', [{type: 'STATE', state: STREAM}], A],
    ['GLOBAL', {type: 'GLOBAL', global: GLOBAL}, A],
    ['GLOBAL in a list', [{type: 'GLOBAL', global: GLOBAL}], A],
    ['GLOBAL by the name one client gives it', [{type: 'GLOBAL', global_: GLOBAL}], A],
    ['LEGACY', {type: 'LEGACY', data: {a: {x: 1}}}, A],
    ['LEGACY that does not say so', {data: {a: {x: 1}}, stream: null}, A],
    ['states by the names of streams', {a: {x: 1}}, A],
    [
      'a state with every member that there is',
      [{...STREAM, global: null, data: null, sourceStats: {recordCount: 1}}],
      A,
    ],
  ])('reads %s', (_, document, value) => {
    expect(parseInputState(document)).toEqual({value});
  });

  it.each<[string, Json]>([
    ['missing', {}],
    ['null', {stream_state: null}],
    ['empty', {stream_state: {}}],
  ])('takes a stream_state that is %s for a new start', (_, state) => {
    const stream = {stream_descriptor: {name: 'a'}, ...(state as object)};

    expect(parseInputState([{type: 'STREAM', stream}])).toEqual({
      value: [{descriptor: {name: 'a'}, state: undefined}],
    });
  });

  it.each<[string, Json, string]>([
    ['text', 'abc', 'entry 0 is not an object'],
    ['a type nobody knows', [STREAM, {type: 'CDC'}], 'entry 1 has a type nobody knows'],
    [
      'a STREAM without a name',
      [{type: 'STREAM', stream: {stream_state: {}}}],
      'entry 0 has no `stream_descriptor` with a name',
    ],
    [
      'a state that is text',
      {a: 'x'},
      'entry 0 holds a state of "a" that is not an object',
    ],
  ])('refuses %s', (_, document, problem) => {
    expect(parseInputState(document)).toEqual({problem});
  });
});

describe('matchStates', () => {
  it('finds a state by name and namespace', () => {
    const states = [stored({name: 'a', namespace: 'n'}, 1), stored({name: 'a'}, 2)];

    expect(matched(states, [{name: 'a', namespace: 'n'}, {name: 'a'}])).toEqual([1, 2]);
  });

  it('finds it by the name alone where the namespace was lost', () => {
    expect(matched([stored({name: 'a'}, 1)], [{name: 'a', namespace: 'n'}])).toEqual([
      1,
    ]);
    expect(matched([stored({name: 'a', namespace: 'n'}, 1)], [{name: 'a'}])).toEqual([
      1,
    ]);
  });

  it('does not guess', () => {
    const two = [
      stored({name: 'a', namespace: 'm'}, 1),
      stored({name: 'a', namespace: 'n'}, 2),
    ];
    const namesakes = [
      {name: 'a', namespace: 'm'},
      {name: 'a', namespace: 'n'},
    ];

    expect(matched(two, [{name: 'a'}])).toEqual([undefined]);
    expect(matched([stored({name: 'a'}, 1)], namesakes)).toEqual([
      undefined,
      undefined,
    ]);
    expect(matched([two[0]!], [{name: 'a', namespace: 'n'}])).toEqual([undefined]);
  });

  it('takes the last of two states of one stream', () => {
    expect(
      matched([stored({name: 'a'}, 1), stored({name: 'a'}, 2)], [{name: 'a'}]),
    ).toEqual([2]);
  });
});

function stored(descriptor: StreamDescriptor, x: number): StoredState {
  return {descriptor, state: {x}};
}

function matched(
  states: readonly StoredState[],
  streams: readonly StreamDescriptor[],
): readonly unknown[] {
  const found = matchStates(states, streams);
  return streams.map((stream) => found.get(streamKey(stream))?.['x']);
}
