import {encodeWebId, type Identity, type WebIdType} from '../identity/web-id';
import {type World} from './world';
import {below, isSelected, prune, type Selection} from './selection';

/** What a representation depends on besides its subject. */
export interface View {
  /** `http://host:port/piwebapi`, as the caller addressed it. */
  readonly base: string;
  readonly webIdType: WebIdType;
  readonly world: World;
}

/** The members of a kind of object, each with how it is made; undefined leaves it out. */
export type Members<T> = Readonly<Record<string, (subject: T, view: View) => unknown>>;

/** Makes the selected members of an object, and no others. */
export function represent<T>(
  members: Members<T>,
  subject: T,
  {view, selection}: {readonly view: View; readonly selection: Selection},
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const name in members) {
    if (!isSelected(selection, name)) continue;
    const value = members[name]?.(subject, view);
    if (value !== undefined) result[name] = prune(value, below(selection, name));
  }
  return result;
}

export function webIdOf(identity: Identity, view: View): string {
  return encodeWebId(identity, view.webIdType);
}

/** Absolute links from relative ones; entries without a target are left out. */
export function links(
  view: View,
  targets: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, target] of Object.entries(targets)) {
    if (target !== undefined) result[name] = `${view.base}/${target}`;
  }
  return result;
}
