/** Whether a row of a column has a value. */
export function isValid(valid: Uint8Array | undefined, row: number): boolean {
  return valid === undefined || (((valid[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;
}
