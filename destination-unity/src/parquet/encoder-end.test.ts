import {spawnSync} from 'node:child_process';
import os from 'node:os';
import path from 'node:path';

const BUILT = path.join(__dirname, '../../lib/parquet/parquet-encoder.js');

describe('ParquetEncoder.close', () => {
  it.each([
    ['has nothing else to do', "encoder.query('SELECT 1').then(() => encoder.close())"],
    ['prepared it for nothing', '(encoder.prepare(), encoder.close())'],
  ])('ends in a process that %s', (_, closing) => {
    const stdout = outputOf(`${closing}.then(() => console.log('closed'))`);

    expect(stdout).toBe('closed\n');
  });
});

describe('ParquetEncoder.prepare', () => {
  it('keeps no process alive', () => {
    expect(outputOf(`encoder.prepare(); console.log('prepared')`)).toBe('prepared\n');
  });
});

/** What a process of its own prints that makes an encoder and runs the code. */
function outputOf(code: string): string {
  const script = `
    const {ParquetEncoder} = require(${JSON.stringify(BUILT)});
    const encoder = new ParquetEncoder({
      memoryLimitBytes: 1e8, tempFolder: ${JSON.stringify(os.tmpdir())},
    });
    ${code}
  `;
  return spawnSync(process.execPath, ['-e', script], {
    encoding: 'utf8',
    timeout: 30_000,
  }).stdout;
}
