import {type ArchiveEvent} from '../plant/archive-event';
import {type Point} from '../plant/point';
import {type Ticks} from '../time/ticks';
import {type JsonText} from './answer';
import {conflict} from './api-error';
import {errorValue} from './error-value';
import {below, isSelected, type Selection} from './selection';
import {type Stream} from './stream';
import {type ValueBudget} from './value-budget';
import {ValueWriter} from './value-writer';

/** One value among good ones that is to be an error. */
export interface SpoiledValue {
  /** How many values come before it. */
  readonly after: number;
  readonly message: string;
}

/** How the values of a list are to be written. */
export interface ListForm {
  /** One writer for each unit of measure. */
  readonly writers: Map<string, ValueWriter>;
  /** Of the object that holds `Items`. */
  readonly selection: Selection;
  readonly budget: ValueBudget;
  readonly spoiled?: SpoiledValue | undefined;
}

export function listForm(selection: Selection, budget: ValueBudget): ListForm {
  return {selection, budget, writers: new Map()};
}

/** Takes the values of a list; `false` when it may hold no more. */
interface ValueSink {
  add(event: ArchiveEvent): boolean;
  /** A place in the list for which there is only an error. */
  addError(at: Ticks, message: string): boolean;
}

/** Reads values of a point, in the order in which they are to be listed. */
export type ReadValues = (point: Point, sink: ValueSink) => void;

const PIECE_CHARS = 32 * 1024;

/**
 * Members of an object with a list of values of a stream, as JSON text in pieces
 * without the braces: `"Items":[…],"UnitsAbbreviation":""`.
 *
 * @throws ApiError 409 for a stream without a history.
 */
export function listMembers(
  stream: Stream,
  form: ListForm,
  read: ReadValues,
): JsonText {
  if (stream.source.kind !== 'point') {
    throw conflict(`The attribute '${stream.identity.path}' has no recorded values.`);
  }
  const units = isSelected(form.selection, 'UnitsAbbreviation')
    ? `"UnitsAbbreviation":${JSON.stringify(stream.units)}`
    : '';
  if (!isSelected(form.selection, 'Items')) return [units];
  const pieces = new Pieces(writerFor(form, stream.units), form);
  read(stream.source.point, pieces);
  return pieces.end(units === '' ? ']' : `],${units}`);
}

function writerFor({writers, selection}: ListForm, units: string): ValueWriter {
  const known = writers.get(units) ?? new ValueWriter(below(selection, 'Items'), units);
  writers.set(units, known);
  return known;
}

/** Text that grows by values and is cut into pieces. */
class Pieces implements ValueSink {
  private readonly pieces: (string | Buffer)[] = [];
  private text = '"Items":[';
  private separator = '';
  private count = 0;

  constructor(
    private readonly writer: ValueWriter,
    private readonly form: ListForm,
  ) {}

  add(event: ArchiveEvent): boolean {
    const {spoiled} = this.form;
    if (spoiled?.after === this.count) {
      return this.addError(event.ticks, spoiled.message);
    }
    return this.form.budget.take() && this.push(this.writer.write(event));
  }

  addError(at: Ticks, message: string): boolean {
    const selection = below(this.form.selection, 'Items');
    return this.form.budget.take() && this.push(errorValue(at, message, selection));
  }

  end(closing: string): JsonText {
    this.pieces.push(this.text, closing);
    return this.pieces;
  }

  private push(value: string): boolean {
    this.count += 1;
    this.text += this.separator + value;
    this.separator = ',';
    if (this.text.length > PIECE_CHARS) {
      this.pieces.push(Buffer.from(this.text));
      this.text = '';
    }
    return true;
  }
}
