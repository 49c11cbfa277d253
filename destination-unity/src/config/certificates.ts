import {X509Certificate} from 'node:crypto';

import {pemBlocks} from '../http/pem';

/**
 * What is wrong with the text of one or several certificates; undefined if nothing is. TLS
 * passes over a block it cannot read, and the host would be refused without a reason.
 */
export function certificateProblem(text: string): string | undefined {
  const blocks = pemBlocks(text);
  if (blocks.length === 0) {
    return 'Expected certificates as PEM text, which begins with -----BEGIN CERTIFICATE-----.';
  }
  const damaged = blocks.findIndex((block) => !canBeRead(block));
  return damaged < 0 ? undefined : `Certificate ${damaged + 1} is cut or damaged.`;
}

function canBeRead(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0;
  } catch {
    return false;
  }
}
