import {jsonAnswer, type Answer} from './answer';
import {represent, type Members} from './members';
import {checkedCount} from './count-limit';
import {type Call} from './route';
import {below, isSelected} from './selection';

/** A list of objects that is handed out a page at a time. */
export interface Listing<T> {
  readonly members: Members<T>;
  readonly subjects: readonly T[];
}

/** Answers a page of a list with links to its neighbours. */
export function pagedAnswer<T>(call: Call, {members, subjects}: Listing<T>): Answer {
  const {maxReturnedItems, defaultPageSize} = call.world.settings;
  const count = checkedCount(
    call.query.count('maxCount', defaultPageSize),
    maxReturnedItems,
  );
  const isPaged = call.query.honours('startIndex');
  const start = isPaged ? call.query.count('startIndex', 0) : 0;
  const page = subjects.slice(start, start + count);
  const links = isPaged ? pageLinks(call, {start, count, page}) : {};
  return listAnswer(call, {members, subjects: page}, links);
}

/** Answers a whole list. */
export function listAnswer<T>(
  call: Call,
  {members, subjects}: Listing<T>,
  links: Record<string, string> = {},
): Answer {
  const itemForm = {view: call.view, selection: below(call.selection, 'Items')};
  const linkSelection = below(call.selection, 'Links');
  const shown = Object.entries(links).filter(([name]) =>
    isSelected(linkSelection, name),
  );
  return jsonAnswer({
    ...(isSelected(call.selection, 'Links') && {Links: Object.fromEntries(shown)}),
    ...(isSelected(call.selection, 'Items') && {
      Items: subjects.map((subject) => represent(members, subject, itemForm)),
    }),
  });
}

interface Page {
  readonly start: number;
  readonly count: number;
  readonly page: readonly unknown[];
}

/** A full page is followed by `Next`, even when nothing follows: the total is not known. */
function pageLinks(call: Call, {start, count, page}: Page): Record<string, string> {
  const at = (index: number): string => call.view.base + withStart(call.target, index);
  return {
    First: at(0),
    ...(start > 0 && {Previous: at(Math.max(0, start - count))}),
    ...(page.length === count && {Next: at(start + count)}),
  };
}

function withStart(target: string, startIndex: number): string {
  const [path = '', search = ''] = target.split('?');
  const kept = search
    .split('&')
    .filter((pair) => pair !== '' && !/^startindex=/i.test(pair))
    .concat(`startIndex=${startIndex}`);
  return `${path}?${kept.join('&')}`;
}

/** Answers one object. */
export function objectAnswer<T>(call: Call, members: Members<T>, subject: T): Answer {
  return jsonAnswer(
    represent(members, subject, {view: call.view, selection: call.selection}),
  );
}
