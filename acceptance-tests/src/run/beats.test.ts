import {Beats} from './beats';

const RECORD = Buffer.from('{"type":"RECORD","record":{}}\n');
const STATE = Buffer.from('{"type":"STATE","state":{}}\n');
const LOG = Buffer.from('{"type":"LOG","log":{}}\n');

describe('Beats', () => {
  it('measures the longest time without a RECORD or a STATE', () => {
    const beats = new Beats(1000);
    beats.heard(RECORD, 3000);
    beats.heard(STATE, 4000);
    beats.heard(RECORD, 9000);

    expect(beats.silence(10_000)).toEqual({
      longestSilenceSeconds: 5,
      longestWithoutStateSeconds: 6,
    });
  });

  it('does not take a LOG for a sign of life', () => {
    const beats = new Beats(0);
    beats.heard(LOG, 4000);
    beats.heard(STATE, 7000);

    expect(beats.silence(7000).longestSilenceSeconds).toBe(7);
  });
});
