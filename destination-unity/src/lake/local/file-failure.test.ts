import {ConfigError, SystemError} from 'airbyte-cdk-ts';

import {fileFailure} from './file-failure';

describe('fileFailure', () => {
  it.each([
    ['EACCES', 'open', 'cannot be written'],
    ['EROFS', 'mkdir', 'cannot be written'],
    ['EPERM', 'open', 'cannot be written'],
    ['EPERM', 'link', 'without hard links'],
    ['ENOTSUP', 'link', 'without hard links'],
    ['ENOSPC', 'write', 'full disk'],
    ['ENOTDIR', 'mkdir', 'a file where a folder is needed'],
  ])('asks the user to act on %s of %s', (code, syscall, said) => {
    const failure = fileFailure({code, syscall}, '/lake/main');

    expect(failure).toBeInstanceOf(ConfigError);
    expect(failure.message).toContain('/lake/main');
    expect(failure.message).toContain(said);
  });

  it('takes what it does not know for a fault of the connector', () => {
    const failure = fileFailure({code: 'EIO', syscall: 'fsync'}, '/lake/main');

    expect(failure).toBeInstanceOf(SystemError);
    expect(failure.details).toEqual({code: 'EIO'});
  });
});
