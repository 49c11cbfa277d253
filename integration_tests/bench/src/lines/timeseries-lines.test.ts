import fc from 'fast-check';

import {recordsOf, timeseriesLines} from './timeseries-lines';

interface Message {
  readonly type: string;
  readonly record?: {
    readonly stream: string;
    readonly data: {readonly tag_webid: string; readonly timestamp: string};
  };
}

const histories = fc.record({
  streams: fc.constantFrom(['a'], ['a', 'b'], ['a', 'b', 'c']),
  tags: fc.integer({min: 1, max: 3}),
  from: fc.constant('2026-03-01T00:00:00Z'),
  hours: fc.integer({min: 1, max: 3}),
  stepSeconds: fc.constantFrom(600, 700, 3600),
});

describe('timeseriesLines', () => {
  it('makes as many records as it says, each of another key', () => {
    fc.assert(
      fc.property(histories, (made) => {
        const messages = parsed([...timeseriesLines(made)].join(''));
        const keys = messages.flatMap(({record}) =>
          record === undefined
            ? []
            : `${record.stream} ${record.data.tag_webid} ${record.data.timestamp}`,
        );
        expect(keys).toHaveLength(recordsOf(made));
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('ends every stream with its state', () => {
    const made = {
      ...fc.sample(histories, {seed: 1, numRuns: 1})[0]!,
      streams: ['a', 'b'],
    };
    const types = parsed([...timeseriesLines(made)].join('')).map(({type}) => type);
    expect(types.slice(-4)).toEqual(['STATE', 'TRACE', 'STATE', 'TRACE']);
  });
});

function parsed(text: string): readonly Message[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Message);
}
