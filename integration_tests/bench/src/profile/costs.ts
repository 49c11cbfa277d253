import {columns} from '../report/table';
import type {Call} from './call-tree';

const FRAMES_SHOWN = 20;
const CATEGORIES_SHOWN = 20;

/** The largest costs by self time: of categories first, then of single frames. */
export function costTable(name: string, tree: Call): string {
  const [byCategory, byFrame] = [new Map<string, number>(), new Map<string, number>()];
  visit(tree, ({label, category, self}) => {
    byCategory.set(category, (byCategory.get(category) ?? 0) + self);
    byFrame.set(label, (byFrame.get(label) ?? 0) + self);
  });
  return [
    largest([`${name}: category`, tree.total], byCategory, CATEGORIES_SHOWN),
    largest([`${name}: frame`, tree.total], byFrame, FRAMES_SHOWN),
  ].join('\n');
}

function visit(tree: Call, seen: (call: Call) => void): void {
  seen(tree);
  for (const child of tree.children) visit(child, seen);
}

function largest(
  [head, total]: readonly [string, number],
  costs: ReadonlyMap<string, number>,
  shown: number,
): string {
  const rows = [...costs]
    .filter(([, micros]) => micros > 0)
    .sort(([, a], [, b]) => b - a)
    .slice(0, shown);
  return columns([
    [head, 'self ms', 'share'],
    ...rows.map(([name, micros]) => [
      name,
      (micros / 1000).toFixed(0),
      `${((100 * micros) / total).toFixed(1)} %`,
    ]),
  ]);
}
