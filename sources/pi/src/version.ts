import {readFileSync} from 'node:fs';
import * as path from 'node:path';

/** The version of this package. Looked up from the file's own place, never the folder we run in. */
export function packageVersion(): string {
  const text = readFileSync(path.join(__dirname, '../package.json'), 'utf8');
  const parsed: unknown = JSON.parse(text);
  const isKnown = typeof parsed === 'object' && parsed !== null && 'version' in parsed;
  return isKnown ? String(parsed.version) : '0.0.0';
}
