/** Whether a `Cache-Control` header wants nothing that was only kept in mind. */
export function bypassesCache(header: string | undefined): boolean {
  return header !== undefined && /\bno-cache\b|\bmax-age=0\b/i.test(header);
}
