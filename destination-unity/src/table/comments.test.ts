import type {ConfiguredStream, Json} from 'airbyte-cdk-ts';
import fc from 'fast-check';

import {columnComment, tableComment} from './comments';

describe('columnComment', () => {
  it('says what the schema describes, and its unit', () => {
    expect(columnComment({description: 'Flow of the line', unit: 'm3/h'})).toBe(
      'Flow of the line. Unit: m3/h.',
    );
  });

  it.each(['units', 'uom', 'x-unit', 'engineering_units', 'unitOfMeasure'])(
    'finds a unit under %s',
    (keyword) => {
      expect(columnComment({type: 'number', [keyword]: '°C'})).toBe('Unit: °C.');
    },
  );

  it('says nothing of a schema that says nothing', () => {
    const silent: (Json | undefined)[] = [
      undefined,
      true,
      {},
      {description: ' '},
      {description: 5, unit: {name: 'bar'}},
    ];

    expect(silent.map(columnComment)).toEqual(silent.map(() => undefined));
  });

  it('adds no full stop to a sentence that has its own', () => {
    expect(columnComment({description: 'Is it on?'})).toBe('Is it on?');
  });

  it('has nothing that statements cannot carry, whatever the schema says', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ' ', '\n', '\r', '\t', '\0', '\ud800', '\u{1f600}'),
      maxLength: 1200,
      size: 'max',
    });
    fc.assert(
      fc.property(text, (description) => {
        const comment = columnComment({description}) ?? '';

        expect(comment).not.toMatch(/(?!\n)\p{Cc}|\p{Cs}|^\s|\s$/u);
        expect(comment.length).toBeLessThanOrEqual(1000);
      }),
      {seed: 1},
    );
  });
});

describe('tableComment', () => {
  it('says which stream the table holds', () => {
    expect(tableComment(stream({name: 'tags', namespace: 'plant'}, undefined))).toBe(
      'Stream tags of namespace plant, loaded by Airbyte.',
    );
  });

  it('goes on with what the schema of the stream says', () => {
    expect(tableComment(stream({name: 'tags'}, 'All points'))).toBe(
      'Stream tags, loaded by Airbyte. All points.',
    );
  });
});

function stream(
  descriptor: ConfiguredStream['descriptor'],
  description: string | undefined,
): ConfiguredStream {
  return {
    descriptor,
    jsonSchema: description === undefined ? {} : {description},
    syncMode: 'incremental',
    destinationSyncMode: 'append',
    primaryKey: [],
    cursorField: [],
    generationId: undefined,
    minimumGenerationId: undefined,
    syncId: 1,
  };
}
