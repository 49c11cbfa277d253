import {edit, type Mutation} from './mutation';

const NEXT = 'const next = {from: last, to: span.to, deliveredAtFrom};';

/** A later instant as text, `digits` being the expression of its seven decimals. */
const next = (from: string, deliveredAtFrom = '0'): string =>
  `const next = {from: (${from}) as PiTimestamp, to: span.to, deliveredAtFrom: ${deliveredAtFrom}};`;

const TICKS_LATER = (ticks: number): string =>
  `last.slice(0, 20) + String(Math.min(9999999, Number(last.slice(20, 27)) + ${ticks})).padStart(7, '0') + 'Z'`;

/** Breaks in how pages follow each other, and in what of a page is written. */
export const PAGING_MUTATIONS: readonly Mutation[] = [
  {
    name: 'cursor plus one second',
    says: 'The next page begins a second behind the last event (S-2, P-1).',
    edits: [
      edit(
        'sync/page-turn',
        NEXT,
        next(
          "new Date(Date.parse(last.slice(0, 19) + 'Z') + 1000).toISOString().slice(0, 19) + last.slice(19)",
        ),
      ),
    ],
  },
  {
    name: 'cursor plus one microsecond',
    says: 'The next page begins a microsecond behind the last event (L-1).',
    edits: [edit('sync/page-turn', NEXT, next(TICKS_LATER(10)))],
    cases: ['1,500 events on one timestamp', 'events 100 ns apart'],
  },
  {
    name: 'ties dropped at the page’s edge',
    says: 'The next page begins a tick behind the last event, whatever ties with it (P-2).',
    edits: [edit('sync/page-turn', NEXT, next(TICKS_LATER(1)))],
    cases: ['1,500 events on one timestamp'],
  },
  {
    name: 'one row skipped at the page’s edge',
    says: 'Of many events at the edge one is taken for delivered (P-2).',
    edits: [edit('sync/page-turn', NEXT, next('last', 'Math.min(1, deliveredAtFrom)'))],
    cases: ['1,500 events on one timestamp'],
  },
  {
    name: 'a full page is the end',
    says: 'A page of maxCount values is taken for the last (S-1, F-1).',
    edits: [
      edit(
        'sync/page-turn',
        'if (returned < maxCount ||',
        'if (returned <= maxCount ||',
      ),
    ],
  },
  {
    name: 'one cursor for all points',
    says: 'A point goes on where the fastest point of its slice has come (S-2, S-14).',
    edits: [
      edit(
        'sync/slice-reading',
        'private goOn({atMost, crowd}: Asked, atLeast: number, span: PointSpan): void {',
        `private farthest: PointSpan['from'] | undefined;
  private goOn({atMost, crowd}: Asked, atLeast: number, span: PointSpan): void {
    if (this.farthest === undefined || span.from > this.farthest) this.farthest = span.from;
    else span = {...span, from: this.farthest, deliveredAtFrom: 0};`,
      ),
    ],
  },
  {
    name: 'sequence restarted on a page',
    says: 'The ordinal of tied events begins at 0 on every page (P-1).',
    edits: [
      edit(
        'values/event-range',
        'ordinal: isTied ? span.deliveredAtFrom : 0',
        'ordinal: 0',
      ),
    ],
    cases: ['1,500 events on one timestamp'],
  },
  {
    name: 'seam a tick early',
    says: 'Windows end one tick early, and an event on the last tick is nobody’s.',
    edits: [
      edit(
        'streams/slice-reader',
        'previousTick(first.to)),',
        'previousTick(previousTick(first.to))),',
      ),
    ],
    cases: ['a spring night in Berlin', 'window seams on events'],
  },
  {
    name: 'seam a tick late',
    says: 'Both windows hold what lies on the seam (PI’s ends are inclusive).',
    edits: [
      edit('streams/slice-reader', 'previousTick(first.to)),', 'first.to),'),
      edit('values/event-range', 'endBefore(events, span.to) -', 'events.length -'),
    ],
    cases: ['a spring night in Berlin', 'window seams on events'],
  },
  {
    name: 'timestamps cut to milliseconds',
    says: 'The last four decimals of a timestamp are lost on the way (P-3).',
    edits: [
      edit(
        'values/timestamp-text',
        'if (length === LONG) return timestamp;',
        "if (length === LONG) return timestamp.slice(0, 23) + '0000Z';",
      ),
      edit(
        'values/byte-lines',
        'view.setInt32(to + 3 * DOUBLE, source.getInt32(from + 3 * DOUBLE));',
        "view.setInt32(to + 3 * DOUBLE, source.getInt32(from + 3 * DOUBLE));\n    this.out.write('0000', to + 23);",
      ),
    ],
  },
  {
    name: 'queries cut to milliseconds',
    says: 'Windows are asked for with milliseconds, and their last one is lost (P-3).',
    edits: [
      edit(
        'client/recorded-archive',
        'endTime: request.end,',
        "endTime: request.end.slice(0, 23) + 'Z',",
      ),
    ],
    cases: ['a spring night in Berlin', 'window seams on events'],
  },
  {
    name: 'local time labelled UTC',
    says: 'Instants are formatted in the zone of the machine and called UTC (S-4).',
    edits: [
      edit(
        'sync/pi-timestamp',
        'new Date(ms).toISOString()',
        'new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString()',
      ),
    ],
    cases: ['an autumn night in New York', 'a spring night in Berlin'],
  },
];
