/**
 * The schemes in a `WWW-Authenticate` header: `Negotiate, Basic realm="pi"` offers
 * Negotiate and Basic.
 */
export function offeredSchemes(header: string): string[] {
  const parts = header.replaceAll(/"[^"]*"/g, '""').split(',');
  return parts.flatMap((part) => /^\s*([A-Za-z][\w-]*)(?:\s|$)/.exec(part)?.[1] ?? []);
}
