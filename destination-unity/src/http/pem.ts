/** The blocks of a PEM text, whatever stands around them; `\n` may be written out. */
export function pemBlocks(text: string): readonly string[] {
  const unescaped = text.replaceAll('\\n', '\n');
  return unescaped.match(/-----BEGIN [^-]+-----[\s\S]*?-----END [^-]+-----/g) ?? [];
}
