import fc from 'fast-check';

import {faultOf, refusalOf} from './fault';

const CONTEXT = {nowMs: Date.UTC(2026, 2, 1), httpPath: '/sql/1.0/warehouses/0f'};

describe('faultOf', () => {
  it('reads the status of the gateway, its words and what it asks for', () => {
    const headers = new Headers({
      'Retry-After': '12',
      'x-thriftserver-error-message': 'Warehouse is starting',
    });
    const thrown = Object.assign(new RangeError('bad HTTP status code: 503'), {
      statusCode: 503,
      response: {headers},
    });

    expect(faultOf(thrown, CONTEXT)).toEqual({
      kind: 'http',
      status: 503,
      askedMs: 12_000,
      said: 'Warehouse is starting',
    });
  });

  it.each([
    ['Hive driver: 503 when connecting to resource. Max retry count exceeded.', 'http'],
    ['HTTP error 403 Forbidden', 'storage'],
    [
      'Hive driver: Error when connecting to resource. Retry timeout exceeded.',
      'network',
    ],
    ['request to https://h:443/sql/1.0/warehouses/0f failed, reason: x', 'network'],
    ['Request timed out', 'network'],
    ['socket hang up', 'network'],
    ['The session was closed or has expired', 'server'],
    ['', 'server'],
  ])('knows the driver by its words: %j', (message, kind) => {
    expect(faultOf(new RangeError(message), CONTEXT).kind).toBe(kind);
  });

  it('prefers the full message of a failed statement to the one for display', () => {
    const thrown = Object.assign(
      new RangeError('The operation failed due to an error'),
      {
        errorCode: 'ERROR',
        response: {errorMessage: '[SOME_CLASS] said', sqlState: '42000'},
      },
    );

    expect(faultOf(thrown, CONTEXT)).toEqual({
      kind: 'server',
      refusal: {
        errorClass: 'SOME_CLASS',
        sqlState: '42000',
        message: '[SOME_CLASS] said',
      },
      isEnded: false,
    });
  });

  it.each([
    ['https://h:443/sql/1.0/warehouses/0f', 'warehouse', 'h'],
    ['https://bucket.example/a.parquet?sig=hush', 'storage', 'bucket.example'],
  ])('tells the warehouse from storage by %s', (url, at, host) => {
    const thrown = Object.assign(
      new RangeError(`request to ${url} failed, reason: connect ECONNREFUSED`),
      {type: 'system', code: 'ECONNREFUSED'},
    );

    expect(faultOf(thrown, CONTEXT)).toMatchObject({kind: 'network', at, host});
  });

  it('makes something of whatever was thrown', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        expect(['http', 'storage', 'network', 'server']).toContain(
          faultOf(thrown, CONTEXT).kind,
        );
      }),
    );
  });
});

describe('refusalOf', () => {
  it.each([
    ['[A_B] text SQLSTATE: 42P01', '', 'A_B', '42P01'],
    ['[A_B.C_D] text (SQLSTATE 2D521)', '', 'A_B.C_D', '2D521'],
    ['Error running query: [A_B] org.x: [C_D] y', 'HY000', 'A_B', 'HY000'],
    ['PERMISSION_DENIED: User', '', 'PERMISSION_DENIED', ''],
    ['x.Y: NO_SUCH_THING: z', '', 'NO_SUCH_THING', ''],
    ['a [note] without class', '22003', '', '22003'],
  ])('reads %j', (...[message, told, errorClass, sqlState]) => {
    expect(refusalOf(message, told)).toEqual({errorClass, sqlState, message});
  });

  it('takes signatures out of what was said', () => {
    const {message} = refusalOf('PUT to https://b.example/f?sig=hush failed');

    expect(message).toBe('PUT to https://b.example/f?… failed');
  });
});
