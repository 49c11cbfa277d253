import {
  ConfigError,
  SystemError,
  TransientError,
  type ConnectorError,
} from 'airbyte-cdk-ts';

import {logInto} from '../trial.stand-in';
import {MemoryLake} from '../writer/memory-lake.stand-in';
import {checkLake} from './check-lake';

const MAIN = {catalog: 'main', schema: 'pi'};
const NAMES = {asked: MAIN, used: MAIN};

describe('checkLake', () => {
  it('passes on what the lake says is in the way', async () => {
    const failure = new TransientError('The lake is busy.');

    await expect(check(failure)).rejects.toBe(failure);
  });

  it('leaves to the user what the system refuses at a folder', async () => {
    const failure = new SystemError('The file system failed at /proc/x.', {
      details: {code: 'ENOENT'},
    });

    const told = check(failure);

    await expect(told).rejects.toThrow(ConfigError);
    await expect(told).rejects.toThrow(
      'The file system failed at /proc/x. The system says ENOENT. Choose another folder.',
    );
  });

  it('takes a defect for one', async () => {
    const failure = new SystemError('A batch is damaged.');

    await expect(check(failure)).rejects.toBe(failure);
  });
});

function check(failure: ConnectorError): Promise<string> {
  const lake = new MemoryLake();
  lake.check = () => Promise.reject(failure);
  return checkLake(lake, NAMES, logInto([]));
}
