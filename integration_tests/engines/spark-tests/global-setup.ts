import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import {startSpark} from '../src/spark/start-spark';
import {kept, tellRunning} from './running-spark';

/** Starts the one Spark of all test files. */
module.exports = async (): Promise<void> => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spark-tests-'));
  kept.spark = await startSpark(folder);
  tellRunning({folder, port: kept.spark.port});
};
