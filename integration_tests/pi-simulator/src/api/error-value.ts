import {formatTrimmed, type Ticks} from '../time/ticks';
import {prune, type Selection} from './selection';

/** A value that is an error: null, and still called good. */
export function errorValue(at: Ticks, message: string, selection: Selection): string {
  const value = {
    Timestamp: formatTrimmed(at),
    UnitsAbbreviation: null,
    Good: true,
    Questionable: false,
    Substituted: false,
    Value: null,
    Errors: [{FieldName: 'Value', Message: [message]}],
  };
  return JSON.stringify(prune(value, selection));
}
