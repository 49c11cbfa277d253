import {X509Certificate} from 'node:crypto';
import {createSecureContext} from 'node:tls';

/**
 * What is wrong with a text of certificates; undefined if nothing is. Node ignores one it
 * cannot read, and the sync would fail later, unexplained. Lists of revoked certificates
 * may stand among them.
 */
export function certificateProblem(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  const blocks = pemBlocks(text);
  if (blocks.length === 0) {
    return 'Expected PEM text: -----BEGIN CERTIFICATE----- … -----END CERTIFICATE-----.';
  }
  const broken = blocks.findIndex((block) => !isReadable(block));
  return broken < 0
    ? undefined
    : `Certificate ${broken + 1} cannot be read: it is cut or damaged.`;
}

/** The blocks of a PEM text, whatever stands around them. */
export function pemBlocks(text: string): string[] {
  const unescaped = unescapedLines(text);
  return unescaped.match(/-----BEGIN [^-]+-----[\s\S]*?-----END [^-]+-----/g) ?? [];
}

/** A form without line breaks escapes them. */
export function unescapedLines(text: string): string {
  return text.replaceAll('\\n', '\n');
}

/** Whether a block is a list of revoked certificates. */
export function isRevocationList(block: string): boolean {
  return block.startsWith('-----BEGIN X509 CRL-----');
}

function isReadable(block: string): boolean {
  try {
    if (isRevocationList(block)) createSecureContext({crl: block});
    else return new X509Certificate(block).raw.length > 0;
    return true;
  } catch {
    return false;
  }
}
