import fs from 'node:fs';

import {kept, runningSpark} from './running-spark';

/** Ends Spark, removes what it wrote, and says what it took. */
module.exports = async (): Promise<void> => {
  const megabytes = (kept.spark?.maxRssBytes() ?? 0) / 2 ** 20;
  process.stderr.write(`Spark held ${megabytes.toFixed(0)} MiB at most.\n`);
  await kept.spark?.stop();
  fs.rmSync(runningSpark().folder, {recursive: true, force: true});
};
