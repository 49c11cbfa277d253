import {ConfigError, SystemError} from 'airbyte-cdk-ts';

import {engineFailure} from './engine-failure';

describe('engineFailure', () => {
  it.each([
    [
      'IO Error: Could not write file "/lake/x": No space left on device',
      /disk is full/,
    ],
    ['IO Error: Cannot open file "/lake/x": Permission denied', /cannot be written/],
    [
      'IO Error: Cannot open file "/lake/x": Read-only file system',
      /cannot be written/,
    ],
  ])('asks the user to act on %s', (message, said) => {
    const failure = engineFailure(message);

    expect(failure).toBeInstanceOf(ConfigError);
    expect(failure.message).toMatch(said);
    expect(failure.message).toContain('/lake/x');
  });

  it('takes anything else for a fault of the connector', () => {
    expect(engineFailure('Internal Error: oops')).toBeInstanceOf(SystemError);
  });
});
