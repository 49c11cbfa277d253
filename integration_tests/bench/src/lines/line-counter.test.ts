import fc from 'fast-check';

import {LineCounter} from './line-counter';

const RECORD = '{"type":"RECORD","record":{"stream":"timeseries","data":{"value":1}}}';
const TYPE_LAST =
  '{"record":{"stream":"timeseries","data":{"value":1}},"type":"RECORD"}';
const STATE = '{"type":"STATE","state":{"type":"STREAM"}}';

function countsOf(chunks: readonly Buffer[]): ReturnType<LineCounter['counts']> {
  const counter = new LineCounter();
  for (const chunk of chunks) counter.push(chunk);
  return counter.counts();
}

describe('LineCounter', () => {
  it('counts records whichever member comes first', () => {
    const counts = countsOf([Buffer.from(`${RECORD}\n${STATE}\n${TYPE_LAST}\n`)]);
    expect(counts).toMatchObject({lines: 3, records: 2, remarks: [STATE]});
  });

  it('tells the length of the longest state', () => {
    const longer = STATE.replace('STREAM', 'STREAM OF WORDS');
    const lines = [STATE, RECORD, longer, STATE].join('\n');
    expect(countsOf([Buffer.from(lines)])).toMatchObject({stateBytes: longer.length});
  });

  it('counts a last line that has no line feed', () => {
    expect(countsOf([Buffer.from(`${STATE}\n${RECORD}`)])).toMatchObject({
      lines: 2,
      records: 1,
    });
  });

  it('keeps only the last remarks', () => {
    const counts = countsOf([Buffer.from(`${STATE}\n`.repeat(100))]);
    expect(counts.lines).toBe(100);
    expect(counts.remarks.length).toBeLessThan(10);
  });

  it('counts the same wherever the bytes are cut', () => {
    const line = fc.constantFrom(RECORD, TYPE_LAST, STATE, '{}', '');
    const cuts = fc.array(fc.nat(400), {maxLength: 8});
    fc.assert(
      fc.property(fc.array(line, {maxLength: 12}), cuts, (lines, at) => {
        const whole = Buffer.from(lines.map((text) => `${text}\n`).join(''));
        const edges = [0, ...at.map((cut) => cut % (whole.length + 1)), whole.length];
        edges.sort((a, b) => a - b);
        const pieces = edges.map((edge, i) => whole.subarray(edges[i - 1] ?? 0, edge));
        expect(countsOf(pieces)).toEqual(countsOf([whole]));
      }),
    );
  });
});
