import {type ArchiveEvent} from '../plant/archive-event';
import {formatTrimmed} from '../time/ticks';

/** The JSON text of an event's value as PI Web API prints it. */
export function valueJson(event: ArchiveEvent): string {
  switch (event.kind) {
    case 'number':
      return numberJson(event.number);
    case 'digital':
      return `{"Name":${JSON.stringify(event.text)},"Value":${event.number},"IsSystem":false}`;
    case 'system':
      return `{"Name":${JSON.stringify(event.text)},"Value":${event.number},"IsSystem":true}`;
    case 'string':
      return JSON.stringify(event.text);
    case 'timestamp':
      return `"${formatTrimmed(event.number)}"`;
    case 'blob':
      return `"${event.text}"`;
  }
}

/** JSON has no NaN and no infinity: the server quotes them. */
function numberJson(value: number): string {
  return Number.isFinite(value) ? String(value) : `"${value}"`;
}
