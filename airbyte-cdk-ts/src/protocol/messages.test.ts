import fc from 'fast-check';

import {decodeLine, sourceRecordCount, stateStream, streamStatus} from './incoming';
import {isJsonObject, type JsonObject} from './json';
import {
  double,
  errorLine,
  logLine,
  messageLine,
  recordEnvelope,
  statusLine,
  streamStateLine,
} from './messages';

const NOW_MS = 1_767_225_600_000;

fc.configureGlobal({seed: 1});

describe('messageLine', () => {
  it('begins with the type, as the platform wants it', () => {
    expect(logLine('INFO', 'Hello.')).toMatch(/^\{"type":"LOG",/);
  });

  it('is one line, whatever the text holds', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), (text) => {
        const line = logLine('INFO', text);
        expect(line.indexOf('\n')).toBe(line.length - 1);
      }),
    );
  });

  it('is read back as it was, unknown types and members included', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.dictionary(fc.string(), fc.jsonValue()),
        (type, rest) => {
          const plain = JSON.stringify({...rest, type: undefined});
          const body = JSON.parse(plain) as JsonObject;
          expect(decodeLine(messageLine(type, body))).toEqual({type, ...body});
        },
      ),
    );
  });
});

describe('streamStateLine', () => {
  it('writes the count as a double', () => {
    const line = streamStateLine({name: 'a', namespace: 'n'}, '{"x":1}', 3);

    expect(line).toBe(
      '{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":' +
        '{"name":"a","namespace":"n"},"stream_state":{"x":1}},' +
        '"sourceStats":{"recordCount":3.0}}}\n',
    );
  });

  it('is understood by its reader', () => {
    const message = decodeLine(streamStateLine({name: 'a"b'}, '{}', 7)) as JsonObject;

    expect(stateStream(message)).toEqual({name: 'a"b'});
    expect(sourceRecordCount(message)).toBe(7);
  });
});

describe('statusLine', () => {
  it('tells until when a quota keeps the stream waiting', () => {
    const line = statusLine(
      {stream: {name: 'a'}, status: 'RUNNING', quotaResetMs: NOW_MS + 0.5},
      NOW_MS,
    );

    expect(line).toContain(
      `"reasons":[{"type":"RATE_LIMITED","rate_limited":{"quota_reset":${NOW_MS + 1}}}]`,
    );
  });

  it('is understood by its reader', () => {
    const stream = {name: 'a', namespace: 'n'};
    const message = decodeLine(statusLine({stream, status: 'COMPLETE'}, NOW_MS));

    expect(streamStatus(message as JsonObject)).toEqual({stream, status: 'COMPLETE'});
  });
});

describe('errorLine', () => {
  it('leaves out what is not known', () => {
    const line = errorLine({message: 'No.', failureType: 'config_error'}, NOW_MS);

    expect(JSON.parse(line)).toEqual({
      type: 'TRACE',
      trace: {
        type: 'ERROR',
        emitted_at: NOW_MS,
        error: {message: 'No.', failure_type: 'config_error'},
      },
    });
  });
});

describe('recordEnvelope', () => {
  it('makes a RECORD line of any data', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.option(fc.string(), {nil: undefined}),
        (name, namespace) => {
          const stream = namespace === undefined ? {name} : {name, namespace};
          const {head, tail} = recordEnvelope(stream, NOW_MS);
          const message = decodeLine(`${head}{"n":1}${tail}`);

          expect(isJsonObject(message) && message['record']).toEqual({
            stream: name,
            ...(namespace === undefined ? {} : {namespace}),
            emitted_at: NOW_MS,
            data: {n: 1},
          });
        },
      ),
    );
  });
});

describe('double', () => {
  it('has a decimal point', () => {
    expect(double(12)).toBe('12.0');
  });
});
