import {type Archive} from '../../archive/archive';
import {type Span} from '../../archive/visit';
import {type ArchiveEvent, BAD} from '../../plant/archive-event';
import {type Point} from '../../plant/point';
import {badRequest} from '../api-error';
import {checkedValues} from '../count-limit';
import {type Call} from '../route';
import {parseTime} from '../time-string';
import {type ListReading} from './reading';

/** A first, a last, a lowest, a highest and an exceptional value. */
const VALUES_PER_INTERVAL = 5;

/** What a trend of so many pixels needs to look right: five values an interval at most. */
export const PLOT: ListReading = {
  resource: 'plot',
  parameters: ['startTime', 'endTime', 'intervals'],
  answers: 'TimedValues',
  prepare: (call) => {
    const {from, to, count} = plotGrid(call);
    const width = Math.max(1, Math.ceil((to - from + 1) / count));
    const {archive} = call.world;
    return {
      at: from,
      read: (point, sink) => {
        for (let start = from; start <= to; start += width) {
          const span = {from: start, to: Math.min(to, start + width - 1)};
          for (const event of telling(archive, point, span)) {
            if (!sink.add(event)) return;
          }
        }
      },
    };
  },
};

interface PlotGrid extends Span {
  readonly count: number;
}

/** @throws ApiError 400 for bad times and for more values than the server returns. */
function plotGrid({query, world}: Call): PlotGrid {
  const now = world.clock.now();
  const from = parseTime(query.text('startTime') ?? '*-1d', now);
  const to = parseTime(query.text('endTime') ?? '*', now);
  const count = query.count('intervals', 24);
  if (to < from) throw badRequest('The end of a plot lies before its start.');
  if (count === 0) throw badRequest(`Parameter 'intervals' must be greater than 0.`);
  checkedValues(count * VALUES_PER_INTERVAL, world.settings.maxReturnedItems);
  return {from, to, count};
}

/** The events of a span that a trend shows, each once, in archive order. */
function telling(archive: Archive, point: Point, span: Span): readonly ArchiveEvent[] {
  const found = new Telling();
  archive.forward(point, span, (event) => {
    found.look(event);
    return true;
  });
  return found.events();
}

class Telling {
  private index = 0;
  private readonly kept = new Map<string, {event: ArchiveEvent; index: number}>();

  look(event: ArchiveEvent): void {
    this.index += 1;
    if (!this.kept.has('first')) this.keep('first', event);
    this.keep('last', event);
    if (event.kind === 'system' || (event.flags & BAD) !== 0) {
      if (!this.kept.has('exception')) this.keep('exception', event);
    } else if (event.kind === 'number') this.lookAtNumber(event);
  }

  events(): readonly ArchiveEvent[] {
    const byIndex = new Map(
      [...this.kept.values()].map(({event, index}) => [index, event]),
    );
    return [...byIndex].sort(([a], [b]) => a - b).map(([, event]) => event);
  }

  private lookAtNumber(event: ArchiveEvent): void {
    const {number} = event;
    if (number < (this.kept.get('lowest')?.event.number ?? Infinity))
      this.keep('lowest', event);
    if (number > (this.kept.get('highest')?.event.number ?? -Infinity))
      this.keep('highest', event);
  }

  private keep(role: string, event: ArchiveEvent): void {
    this.kept.set(role, {event: {...event}, index: this.index});
  }
}
