import {badRequest} from './api-error';
import {type Call} from './route';

/** What a list can be sorted by: names in lower case. */
export type SortFields<T> = Readonly<Record<string, (subject: T) => string | number>>;

/** A sorted copy, by `sortField` and `sortOrder`; ties keep the order they had. */
export function sorted<T>(
  {query}: Call,
  subjects: readonly T[],
  fields: SortFields<T>,
): readonly T[] {
  const field = query.text('sortField') ?? 'Name';
  const order = query.word('sortOrder', ['Ascending', 'Descending'] as const);
  const key = fields[field.toLowerCase()];
  if (key === undefined) throw badRequest(`The sort field '${field}' is not valid.`);
  const keyed = subjects.map((subject) => ({subject, key: key(subject)}));
  const sign = order === 'Descending' ? -1 : 1;
  keyed.sort((a, b) => sign * (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({subject}) => subject);
}
