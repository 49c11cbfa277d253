import {X509Certificate} from 'node:crypto';

/**
 * What is wrong with a text of certificates; undefined if nothing is. Node ignores one it
 * cannot read, and the sync would fail later, unexplained.
 */
export function certificateProblem(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  const blocks = pemBlocks(text);
  if (blocks.length === 0) {
    return 'Expected PEM text: -----BEGIN CERTIFICATE----- … -----END CERTIFICATE-----.';
  }
  const broken = blocks.findIndex((block) => !isCertificate(block));
  return broken < 0
    ? undefined
    : `Certificate ${broken + 1} cannot be read: it is cut or damaged.`;
}

/** The blocks of a PEM text, whatever stands around them. */
export function pemBlocks(text: string): string[] {
  const unescaped = text.replaceAll('\\n', '\n');
  return unescaped.match(/-----BEGIN [^-]+-----[\s\S]*?-----END [^-]+-----/g) ?? [];
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0;
  } catch {
    return false;
  }
}
