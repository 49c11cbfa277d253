import type {Cell} from './engine';

/** Orders rows by their cells: NULL first, then numbers, then texts. */
export function byCells(a: readonly Cell[], b: readonly Cell[]): number {
  for (const [at, cell] of a.entries()) {
    const order = byCell(cell, b[at] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

function byCell(a: Cell, b: Cell): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  const order = Number(a) - Number(b);
  if (Number.isFinite(order) && order !== 0) return order;
  return Number(a > b) - Number(a < b);
}
