import {ConfigError, SystemError, TransientError} from 'airbyte-cdk-ts';
import fc from 'fast-check';

import {passes, saidBy, statusFailure, withoutQueries} from './status-failure';

describe('statusFailure', () => {
  it.each([
    [400, ConfigError],
    [401, ConfigError],
    [403, ConfigError],
    [404, ConfigError],
    [407, ConfigError],
    [408, TransientError],
    [429, TransientError],
    [500, TransientError],
    [501, SystemError],
    [503, TransientError],
    [302, SystemError],
    [418, SystemError],
  ])('gives %d the class of who must act', (status, expected) => {
    const failure = statusFailure({status, host: 'db.example.com', said: ''});

    expect(failure).toBeInstanceOf(expected);
    expect(failure.details).toEqual({status});
    expect(passes(status)).toBe(expected === TransientError);
  });

  it('repeats what the server said', () => {
    const failure = statusFailure({status: 403, host: 'h', said: 'no CAN USE'});

    expect(failure.message).toMatch(/: no CAN USE$/);
  });
});

describe('saidBy', () => {
  it('finds the words of an error body', () => {
    const body = {error_code: 'PERMISSION_DENIED', message: 'No.', details: [1]};

    expect(saidBy(body)).toBe('PERMISSION_DENIED: No.');
  });

  it('is silent about anything else, and short', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => expect(typeof saidBy(body)).toBe('string')),
    );
    expect(saidBy({message: 'x'.repeat(5000)})).toHaveLength(300);
  });
});

describe('withoutQueries', () => {
  it('takes the signature out of a URL and leaves the rest', () => {
    const text =
      'request to https://s3.example/a/b.parquet?X-Amz-Signature=abc&x=1 failed';

    expect(withoutQueries(text)).toBe(
      'request to https://s3.example/a/b.parquet?… failed',
    );
  });

  it('leaves no query, whatever it holds', () => {
    const query = fc.stringMatching(/^[A-Za-z0-9%&=+./?:-]{8,60}$/);

    fc.assert(
      fc.property(query, (secret) => {
        const text = `PUT "https://h.example:443/p?${secret}" failed`;

        expect(withoutQueries(text)).toBe('PUT "https://h.example:443/p?…" failed');
      }),
    );
  });
});
