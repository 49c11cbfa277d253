import fc from 'fast-check';

import {LineScanner} from './line-scanner';

describe('LineScanner', () => {
  it('counts records and hands on messages wherever the chunks are cut', () => {
    const lines = [
      '{"type":"TRACE","trace":{"type":"STREAM_STATUS"}}',
      '{"type":"RECORD","record":{"stream":"a","emitted_at":1,"data":{"text":"é"}}}',
      `{"type":"RECORD","record":{"stream":"b","data":{"text":"${'x'.repeat(500)}"}}}`,
      '{"type":"RECORD","record":{"stream":"a","emitted_at":1,"data":{}}}',
      '{"type":"STATE","state":{"type":"STREAM"}}',
    ];
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    const cuts = fc.array(fc.nat(bytes.length), {maxLength: 20});

    fc.assert(
      fc.property(cuts, (places) => {
        const seen: unknown[] = [];
        const scanner = new LineScanner((message) => seen.push(message['type']));
        const borders = [0, ...places.sort((a, b) => a - b), bytes.length];
        borders.slice(1).forEach((end, i) => {
          scanner.feed(bytes.subarray(borders[i], end));
        });

        expect(seen).toEqual(['TRACE', 'STATE']);
        expect([...scanner.records]).toEqual([
          ['a', 2],
          ['b', 1],
        ]);
      }),
    );
  });
});
