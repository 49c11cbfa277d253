import {type Archive} from '../archive/archive';
import {recorded, type BoundaryType, type RecordedQuery} from '../archive/recorded';
import {ApiError, badRequest, conflict} from './api-error';
import {below, isSelected, type Selection} from './selection';
import {type Stream} from './stream';
import {parseTime} from './time-string';
import {type Call, type ValueBudget} from './route';
import {ValueWriter} from './value-writer';

export const RECORDED_PARAMETERS = [
  ...['startTime', 'endTime', 'boundaryType', 'maxCount'],
  ...['filterExpression', 'timeZone'],
];
const BOUNDARIES: readonly BoundaryType[] = ['Inside', 'Outside', 'Interpolated'];

/**
 * The query for recorded values that a call's parameters describe.
 *
 * @throws ApiError 400 for bad times and counts, also above the server's limit.
 */
export function recordedQuery({query, world}: Call): RecordedQuery {
  const now = world.clock.now();
  if (query.text('filterExpression') !== undefined) {
    throw new ApiError(501, ['Filter expressions are not evaluated by this server.']);
  }
  return {
    start: parseTime(query.text('startTime') ?? '*-1d', now),
    end: parseTime(query.text('endTime') ?? '*', now),
    boundary: query.word('boundaryType', BOUNDARIES) ?? 'Inside',
    maxCount: checkedCount(
      query.count('maxCount', 1000),
      world.settings.maxReturnedItems,
    ),
  };
}

/** @throws ApiError 400 with the phrase that clients look for. */
export function checkedCount(count: number, limit: number): number {
  if (count > limit) {
    throw badRequest(
      `Parameter 'maxCount' is greater than the maximum allowed (${limit}).`,
    );
  }
  if (count === 0) throw badRequest(`Parameter 'maxCount' must be greater than 0.`);
  return count;
}

/** How the values of a list are to be written. */
export interface ListForm {
  readonly writer: ValueWriter;
  /** Of the object that holds `Items`. */
  readonly selection: Selection;
  readonly budget: ValueBudget;
}

export function listForm(selection: Selection, budget: ValueBudget): ListForm {
  return {selection, budget, writer: new ValueWriter(below(selection, 'Items'))};
}

const PIECE_CHARS = 64 * 1024;

/**
 * Members of an object with the recorded values of a stream, as JSON text in pieces
 * without the braces: `"Items":[…],"UnitsAbbreviation":""`.
 *
 * @throws ApiError 409 for a stream without a history.
 */
export function recordedMembers(
  archive: Archive,
  stream: Stream,
  {query, form}: {readonly query: RecordedQuery; readonly form: ListForm},
): string[] {
  const {writer, selection, budget} = form;
  if (stream.source.kind !== 'point') {
    throw conflict(`The attribute '${stream.identity.path}' has no recorded values.`);
  }
  const units = isSelected(selection, 'UnitsAbbreviation')
    ? '"UnitsAbbreviation":""'
    : '';
  if (!isSelected(selection, 'Items')) return [units];
  const pieces: string[] = [];
  let text = '"Items":[';
  let separator = '';
  recorded(archive, stream.source.point, {
    query,
    visit: (event) => {
      if (budget.left <= 0) return false;
      budget.left -= 1;
      text += separator + writer.write(event);
      separator = ',';
      if (text.length > PIECE_CHARS) {
        pieces.push(text);
        text = '';
      }
      return true;
    },
  });
  pieces.push(text, units === '' ? ']' : `],${units}`);
  return pieces;
}
