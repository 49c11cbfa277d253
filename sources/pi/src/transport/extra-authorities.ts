import {readFileSync} from 'node:fs';

import {pemBlocks} from './pem';

/**
 * The authorities that the image or the machine adds by `NODE_EXTRA_CA_CERTS`, which Node
 * forgets as soon as it is given others. Like Node, this passes over a file that cannot be
 * read.
 */
export function extraAuthorities(
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const file = environment['NODE_EXTRA_CA_CERTS'] ?? '';
  try {
    return file === '' ? [] : pemBlocks(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
}
