import {spawnSync} from 'node:child_process';
import os from 'node:os';
import path from 'node:path';

const BUILT = path.join(__dirname, '../../lib/parquet/parquet-encoder.js');

describe('ParquetEncoder.close', () => {
  it('ends in a process that has nothing else to do', () => {
    const script = `
      const {ParquetEncoder} = require(${JSON.stringify(BUILT)});
      const encoder = new ParquetEncoder({
        memoryLimitBytes: 1e8, tempFolder: ${JSON.stringify(os.tmpdir())},
      });
      encoder.query('SELECT 1').then(() => encoder.close()).then(() => console.log('closed'));
    `;

    const {stdout} = spawnSync(process.execPath, ['-e', script], {encoding: 'utf8'});

    expect(stdout).toBe('closed\n');
  });
});
