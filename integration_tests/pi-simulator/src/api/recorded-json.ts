import {type Archive, type Visit} from '../archive/archive';
import {type BoundaryType, recorded, type RecordedQuery} from '../archive/recorded';
import {type ArchiveEvent} from '../plant/archive-event';
import {type Point} from '../plant/point';
import {type JsonText} from './answer';
import {ApiError, conflict} from './api-error';
import {checkedCount} from './count-limit';
import {type Call, type ValueBudget} from './route';
import {below, isSelected, type Selection} from './selection';
import {type Stream} from './stream';
import {parseTime} from './time-string';
import {ValueWriter} from './value-writer';

export const RECORDED_PARAMETERS =
  'startTime endTime boundaryType maxCount filterExpression'.split(' ');
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

/** How the values of a list are to be written. */
export interface ListForm {
  /** One writer for each unit of measure. */
  readonly writers: Map<string, ValueWriter>;
  /** Of the object that holds `Items`. */
  readonly selection: Selection;
  readonly budget: ValueBudget;
}

export function listForm(selection: Selection, budget: ValueBudget): ListForm {
  return {selection, budget, writers: new Map()};
}

function writerFor({writers, selection}: ListForm, units: string): ValueWriter {
  const known = writers.get(units) ?? new ValueWriter(below(selection, 'Items'), units);
  writers.set(units, known);
  return known;
}

const PIECE_CHARS = 32 * 1024;

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
): JsonText {
  return listMembers(stream, form, (point, visit) => {
    recorded(archive, point, {query, visit});
  });
}

/**
 * The same for any list of values of a point, which `read` hands out.
 *
 * @throws ApiError 409 for a stream without a history.
 */
export function listMembers(
  stream: Stream,
  form: ListForm,
  read: (point: Point, visit: Visit) => void,
): JsonText {
  if (stream.source.kind !== 'point') {
    throw conflict(`The attribute '${stream.identity.path}' has no recorded values.`);
  }
  const units = isSelected(form.selection, 'UnitsAbbreviation')
    ? `"UnitsAbbreviation":${JSON.stringify(stream.units)}`
    : '';
  if (!isSelected(form.selection, 'Items')) return [units];
  const pieces = new Pieces(writerFor(form, stream.units), form.budget);
  read(stream.source.point, (event) => pieces.add(event));
  return pieces.end(units === '' ? ']' : `],${units}`);
}

/** Text that grows by values and is cut into pieces. */
class Pieces {
  private readonly pieces: (string | Buffer)[] = [];
  private text = '"Items":[';
  private separator = '';

  constructor(
    private readonly writer: ValueWriter,
    private readonly budget: ValueBudget,
  ) {}

  /** Writes a value; false when the answer may hold no more. */
  add(event: ArchiveEvent): boolean {
    if (this.budget.left <= 0) return false;
    this.budget.left -= 1;
    this.text += this.separator + this.writer.write(event);
    this.separator = ',';
    if (this.text.length > PIECE_CHARS) {
      this.pieces.push(Buffer.from(this.text));
      this.text = '';
    }
    return true;
  }

  end(closing: string): JsonText {
    this.pieces.push(this.text, closing);
    return this.pieces;
  }
}
