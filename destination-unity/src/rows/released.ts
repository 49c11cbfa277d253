/**
 * Gives the memory of buffers back at once; nobody may hold them any more. Left to the
 * collector, which sees only the small objects in front of them, they pile up.
 */
export function release(buffers: readonly ArrayBuffer[]): void {
  structuredClone(undefined, {transfer: [...buffers]});
}
