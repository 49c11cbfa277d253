import {StrayOutput} from './stray-output';

describe('StrayOutput', () => {
  it('passes on what was printed, line by line', () => {
    const lines: string[] = [];
    const output = new StrayOutput((line) => lines.push(line));

    output.write('one\ntw');
    output.write(Buffer.from('o\n\nthr'));
    output.write('ee\n');

    expect(lines).toEqual(['one', 'two', 'three']);
  });
});
