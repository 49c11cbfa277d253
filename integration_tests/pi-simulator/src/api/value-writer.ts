import {valueJson} from '../archive/event-json';
import {
  ANNOTATED,
  BAD,
  QUESTIONABLE,
  SUBSTITUTED,
  type ArchiveEvent,
} from '../plant/archive-event';
import {formatTrimmed} from '../time/ticks';
import {below, isSelected, prune, type Selection} from './selection';

/** The bit of a tail's number that says the value is a system state. */
const SYSTEM = 16;

/**
 * Writes values as JSON text. The members around the two that change are put together
 * once per request, so that a value costs two conversions and one concatenation.
 */
export class ValueWriter {
  private readonly head: string;
  private readonly middle: string;
  private readonly tails: readonly string[];
  private readonly hasTimestamp: boolean;
  private readonly hasValue: boolean;
  private readonly valueSelection: Selection;

  constructor(selection: Selection, units: string) {
    this.hasTimestamp = isSelected(selection, 'Timestamp');
    this.hasValue = isSelected(selection, 'Value');
    this.valueSelection = below(selection, 'Value');
    this.head = this.hasTimestamp ? '{"Timestamp":"' : '{';
    this.middle = this.hasTimestamp ? '"' : '';
    if (this.hasValue) this.middle += this.hasTimestamp ? ',"Value":' : '"Value":';
    const separator = this.hasTimestamp || this.hasValue ? ',' : '';
    this.tails = Array.from({length: 32}, (_, flags) =>
      tail(selection, flags, {separator, units}),
    );
  }

  /** The JSON text of one value. */
  write(event: ArchiveEvent): string {
    const time = this.hasTimestamp ? formatTrimmed(event.ticks) : '';
    const value = this.hasValue ? this.value(event) : '';
    const flags = event.kind === 'system' ? event.flags | SYSTEM : event.flags;
    return this.head + time + this.middle + value + (this.tails[flags] ?? '}');
  }

  private value(event: ArchiveEvent): string {
    const text = valueJson(event);
    if (this.valueSelection === undefined) return text;
    return JSON.stringify(prune(JSON.parse(text), this.valueSelection));
  }
}

function tail(
  selection: Selection,
  flags: number,
  {separator, units}: {readonly separator: string; readonly units: string},
): string {
  const members = {
    UnitsAbbreviation: units,
    Good: (flags & (BAD | SYSTEM)) === 0,
    Questionable: (flags & QUESTIONABLE) !== 0,
    Substituted: (flags & SUBSTITUTED) !== 0,
    Annotated: (flags & ANNOTATED) !== 0,
  };
  const chosen = Object.entries(members).filter(([name]) =>
    isSelected(selection, name),
  );
  const text = JSON.stringify(Object.fromEntries(chosen));
  return chosen.length === 0 ? '}' : separator + text.slice(1);
}
