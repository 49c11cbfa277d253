import type {Call} from './call-tree';
import {LOADING} from './frame';

const WIDTH = 1200;
const ROW = 17;
const CHARACTER = 6.2;
const HEAD = 26;
/** Frames narrower than this share of the whole are left out; more where they are many. */
const NARROWEST = [0.001, 0.002, 0.004, 0.008, 0.016, 0.032] as const;
const MOST_BYTES = 400_000;

interface Box {
  readonly call: Call;
  readonly depth: number;
  /** Shares of the width. */
  readonly left: number;
  readonly width: number;
}

/** A flame graph as SVG, callers above what they call; below 400 KB. */
export function flameGraph(title: string, tree: Call): string {
  const whole = folded(tree);
  const drawn = NARROWEST.map((narrowest) => drawing(title, whole, narrowest));
  return drawn.find((svg) => svg.length < MOST_BYTES) ?? drawn.at(-1) ?? '';
}

/** Modules that load modules stand as one frame, or their towers would hide the rest. */
function folded(tree: Call): Call {
  if (tree.category !== LOADING) return {...tree, children: tree.children.map(folded)};
  return {...tree, label: LOADING, children: tree.children.flatMap(unwrapped)};
}

function unwrapped(child: Call): readonly Call[] {
  const whole = folded(child);
  return whole.category === LOADING ? whole.children : [whole];
}

function drawing(title: string, tree: Call, narrowest: number): string {
  const boxes = boxesOf(tree, narrowest);
  const depth = Math.max(...boxes.map((box) => box.depth));
  const height = HEAD + (depth + 1) * ROW + 4;
  const note = `${title}: ${(tree.total / 1e6).toFixed(2)} s of CPU time; frames below ${narrowest * 100} % are left out`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="monospace" font-size="10">`,
    `<rect width="100%" height="100%" fill="#fff"/><text x="6" y="17" font-size="13">${escaped(note)}</text>`,
    ...boxes.map((box) => drawn(box, tree.total)),
    '</svg>\n',
  ].join('\n');
}

function boxesOf(tree: Call, narrowest: number): readonly Box[] {
  const boxes: Box[] = [];
  const place = (call: Call, depth: number, left: number): void => {
    const width = call.total / tree.total;
    if (width < narrowest) return;
    boxes.push({call, depth, left, width});
    let at = left;
    for (const child of call.children) {
      place(child, depth + 1, at);
      at += child.total / tree.total;
    }
  };
  place(tree, 0, 0);
  return boxes;
}

function drawn({call, depth, left, width}: Box, total: number): string {
  const [x, y] = [(left * WIDTH).toFixed(1), HEAD + depth * ROW];
  const share = ((100 * call.total) / total).toFixed(1);
  const pixels = width * WIDTH;
  const title = escaped(`${call.label} (${call.category}) ${share} %`);
  const text = escaped(call.label.slice(0, Math.floor((pixels - 4) / CHARACTER)));
  const rect = `<rect x="${x}" y="${y}" width="${Math.max(0.3, pixels - 0.5).toFixed(1)}" height="${ROW - 1}" fill="${colour(call.category)}"/>`;
  const shown =
    pixels > 20 ? `<text x="${Number(x) + 2}" y="${y + 12}">${text}</text>` : '';
  return `<g><title>${title}</title>${rect}${shown}</g>`;
}

/** The same colour for a category in every graph. */
function colour(category: string): string {
  let hash = 7;
  for (const character of category) {
    hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 360;
  }
  return `hsl(${hash} 65% 74%)`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
