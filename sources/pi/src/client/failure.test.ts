import {ConfigError, SystemError, TransientError} from 'airbyte-cdk-ts';

import {networkFailure} from '../transport/network-failure';
import {failureOf, failureOfNetwork, mayShrink} from './failure';

describe('failureOf', () => {
  it.each([
    [401, ConfigError, false],
    [404, ConfigError, false],
    [400, SystemError, false],
    [429, TransientError, true],
    [500, TransientError, true],
    [599, TransientError, true],
    [307, SystemError, false],
  ])('says of a %d who must act and whether to ask again', (status, error, retry) => {
    const failure = failureOf({status, said: ''}, {path: 'points'});

    expect(failure.error).toBeInstanceOf(error);
    expect(failure.error.details).toEqual({path: 'points', status});
    expect(failure.retry).toBe(retry);
  });

  it.each([
    [429, true],
    [503, true],
    [404, false],
  ])('takes a %d for a sign of load: %p', (status, overloaded) => {
    expect(failureOf({status, said: ''}, {}).overloaded).toBe(overloaded);
  });
});

describe('failureOfNetwork', () => {
  it('does not hide what it does not understand', () => {
    expect(() => failureOfNetwork(new RangeError('a defect'))).toThrow('a defect');
  });

  it('does not ask again for what is too large', () => {
    const tooLarge = new TransientError('x', {details: {status: 413}});

    expect(failureOfNetwork(tooLarge)).toMatchObject({retry: false, shrink: true});
  });
});

describe('mayShrink', () => {
  it.each([
    [
      'a slow answer',
      networkFailure({code: 'READ_TIMEOUT', text: '', host: 'h'}),
      true,
    ],
    [
      'a closed port',
      networkFailure({code: 'ECONNREFUSED', text: '', host: 'h'}),
      false,
    ],
    ['a failed archive', new TransientError('x', {details: {status: 500}}), true],
    ['a refused sign-in', new ConfigError('x', {details: {status: 401}}), false],
    ['too many requests', new TransientError('x', {details: {status: 429}}), false],
    ['a defect', new RangeError('x'), false],
  ])('knows whether less helps after %s', (_, error, helps) => {
    expect(mayShrink(error)).toBe(helps);
  });
});
