/**
 * The members a caller asked for with `selectedFields`; undefined means every member.
 * Names are lower case; a member without a selection of its own is taken whole.
 */
export type Selection = ReadonlyMap<string, Selection> | undefined;

interface Branch {
  readonly children: Map<string, Branch>;
  isWhole: boolean;
}

/** Reads `Items.Name;Links.Next`; undefined where nothing is selected. */
export function parseSelection(text: string | undefined): Selection {
  const root: Branch = {children: new Map(), isWhole: false};
  const paths = (text ?? '').split(';').map((path) => path.trim().toLowerCase());
  for (const path of paths.filter((candidate) => candidate !== '')) grow(root, path);
  return root.children.size === 0 ? undefined : freeze(root);
}

function grow(root: Branch, path: string): void {
  let branch = root;
  for (const name of path.split('.')) {
    const next = branch.children.get(name) ?? {children: new Map(), isWhole: false};
    branch.children.set(name, next);
    branch = next;
  }
  branch.isWhole = true;
}

function freeze({children, isWhole}: Branch): Selection {
  if (isWhole || children.size === 0) return undefined;
  return new Map([...children].map(([name, child]) => [name, freeze(child)]));
}

export function isSelected(selection: Selection, member: string): boolean {
  return selection === undefined || selection.has(member.toLowerCase());
}

/** What is selected below a member. */
export function below(selection: Selection, member: string): Selection {
  return selection?.get(member.toLowerCase());
}

/** The value with the members that were not selected left out; lists are looked through. */
export function prune(value: unknown, selection: Selection): unknown {
  if (selection === undefined || typeof value !== 'object' || value === null)
    return value;
  if (Array.isArray(value)) return value.map((item) => prune(item, selection));
  const kept = Object.entries(value).filter(([name]) => isSelected(selection, name));
  return Object.fromEntries(
    kept.map(([name, member]) => [name, prune(member, below(selection, name))]),
  );
}
