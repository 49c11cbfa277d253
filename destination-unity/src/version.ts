import {readFileSync} from 'node:fs';
import path from 'node:path';

/** Version of this package, found from this file's own place whatever the folder. */
export function packageVersion(): string {
  const file = path.join(__dirname, '../package.json');
  const {version} = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly version: string;
  };
  return version;
}
