import {decodeLine, emittedAtMs, stateStream, streamStatus} from './incoming';

const NOW_MS = 1_767_225_600_000;

describe('decodeLine', () => {
  it('takes a line for text that does not begin like a message', () => {
    expect(decodeLine('Warning: {"type":"LOG"}')).toBe('text');
  });

  it('takes JSON without a type for text', () => {
    expect(decodeLine('{"level":"info"}')).toBe('text');
    expect(decodeLine('{"type":7}')).toBe('text');
  });

  it('takes a torn message for broken', () => {
    expect(decodeLine('{"type":"RECORD","record":{"stream":"a","da')).toBe('broken');
    expect(decodeLine('{"type":"LOG"}{"type":"LOG"}')).toBe('broken');
  });

  it('takes white space around a message as nothing', () => {
    expect(decodeLine(' \t{"type":"LOG"} \r')).toEqual({type: 'LOG'});
  });
});

describe('stateStream', () => {
  it('is undefined for a state of all streams, null being absent', () => {
    const state = {type: 'GLOBAL', stream: null, global: {stream_states: []}};

    expect(stateStream({type: 'STATE', state})).toBeUndefined();
  });

  it('takes a null namespace for none', () => {
    const stream = {stream_descriptor: {name: 'a', namespace: null}};

    expect(stateStream({type: 'STATE', state: {stream}})).toEqual({name: 'a'});
  });
});

describe('streamStatus', () => {
  it('is undefined for any other trace', () => {
    expect(
      streamStatus({type: 'TRACE', trace: {type: 'ERROR', stream_status: null}}),
    ).toBe(undefined);
  });
});

describe('emittedAtMs', () => {
  it('leaves milliseconds as they are', () => {
    expect(emittedAtMs(NOW_MS, 0)).toBe(NOW_MS);
  });

  it('knows seconds, with a fraction too', () => {
    expect(emittedAtMs(NOW_MS / 1000, 0)).toBe(NOW_MS);
    expect(emittedAtMs(1_767_225_600.1234, 0)).toBe(NOW_MS + 123);
  });

  it('is now where nothing was said', () => {
    expect(emittedAtMs(null, NOW_MS)).toBe(NOW_MS);
  });
});
