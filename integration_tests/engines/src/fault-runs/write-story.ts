import {Chance} from './chance';
import type {
  Cut,
  ExtraColumn,
  Moment,
  Story,
  StoryMessage,
  StoryRow,
  StoryStream,
  StorySync,
  StreamKind,
  StreamPart,
  Weather,
} from './story';

const KINDS: readonly [StreamKind, ...StreamKind[]] = [
  'append',
  'append',
  'append_dedup',
  'append_dedup',
  'append_dedup',
  'overwrite',
  'overwrite_whole',
  'overwrite_uncounted',
];
const TEXTS: readonly [string, ...string[]] = [
  'plain',
  "it's",
  'a "quote"',
  'back\\slash',
  'two\nlines',
  'Größe 𝄞',
  '',
];
const PARTS: readonly [string | null, ...(string | null)[]] = [
  null,
  'a',
  'B',
  ' ',
  'ä',
];
const DAY_MICROS = 86_400_000_000;
const START_MICROS = Date.UTC(2026, 2, 1) * 1000;
/** Rows of so many characters make a load of few of them, without waiting for time. */
const PROGRAM_LABEL = 40_000;

/** Tells the story of a seed. In so many of all stories the cut attempts are programs. */
export function writeStory(seed: number, programShare: number): Story {
  const chance = new Chance(seed);
  const isProgramKilled = chance.happens(programShare);
  const streams = Array.from({length: chance.one([1, 1, 2, 3])}, (_, number) =>
    drawStream(chance, number),
  );
  const rowMaker = new RowMaker(chance, isProgramKilled ? PROGRAM_LABEL : 0);
  const syncs = Array.from({length: chance.one([1, 1, 2, 2, 3])}, (_, number) =>
    drawSync({chance, rowMaker, streams, number}),
  );
  return {
    seed,
    streams,
    syncs,
    isProgramKilled,
    cuts: drawCuts(chance, isProgramKilled),
    weather: drawWeather(chance, isProgramKilled),
    upload: chance.one(['sql_put', 'sql_put', 'files_api']),
    authentication: chance.one(['token', 'service_principal']),
    directResultsMs: chance.one([30, 30, 1000]),
  };
}

function drawStream(chance: Chance, number: number): StoryStream {
  const kind = chance.one(KINDS);
  const keys: readonly [StoryStream['key'], ...StoryStream['key'][]] = [
    ['id'],
    ['id', 'part'],
    ['id', 'at'],
  ];
  const [name, table] = chance.one<readonly [string, string]>([
    [`stream_${number}`, `stream_${number}`],
    [`Odd näme ${number}`, `odd_name_${number}`],
  ]);
  const namespace = chance.one([undefined, undefined, 'other plant']);
  return {
    name,
    namespace,
    table: `main.${namespace === undefined ? 'pi' : 'other_plant'}.${table}`,
    kind,
    key: kind === 'append_dedup' ? chance.one(keys) : [],
  };
}

/** Makes rows whose keys meet again, early and late ones mixed. */
class RowMaker {
  #serial = 0;

  constructor(
    private readonly chance: Chance,
    private readonly labelLength: number,
  ) {}

  row(stream: StoryStream, extras: readonly ExtraColumn[]): StoryRow {
    const {chance} = this;
    this.#serial += 1;
    const hasTime = stream.key.includes('at') || !chance.happens(0.05);
    const at =
      START_MICROS + chance.whole(0, 40) * 1_000_003 + chance.whole(0, 1) * DAY_MICROS;
    return {
      serial: this.#serial,
      id: chance.whole(1, 25),
      part: chance.one(PARTS),
      at: hasTime ? at : null,
      value: chance.happens(0.1) ? null : chance.whole(-1e9, 1e9) / 1024,
      label: chance.one(TEXTS).padEnd(this.labelLength, 'x'),
      extras: Object.fromEntries(
        extras.map((extra) => [extra.name, this.#extra(extra)]),
      ),
    };
  }

  #extra({type}: ExtraColumn): string | number | boolean | null {
    const {chance} = this;
    if (chance.happens(0.2)) return null;
    if (type === 'string') return chance.one(TEXTS);
    if (type === 'boolean') return chance.happens(0.5);
    return type === 'integer' ? chance.whole(-1e6, 1e6) : chance.whole(-99, 99) / 8;
  }
}

interface SyncOrder {
  readonly chance: Chance;
  readonly rowMaker: RowMaker;
  readonly streams: readonly StoryStream[];
  readonly number: number;
}

function drawSync({chance, rowMaker, streams, number}: SyncOrder): StorySync {
  const parts = streams.map((stream): StreamPart => {
    const extras = Array.from({length: number}, (_, one) => extraColumn(one + 1));
    const count = chance.happens(0.1) ? 0 : chance.whole(1, 90);
    const isRefresh =
      stream.kind.startsWith('overwrite') || (number > 0 && chance.happens(0.3));
    const rows = Array.from({length: count}, () => rowMaker.row(stream, extras));
    return {rows, extras, isRefresh};
  });
  return {parts, messages: interleaved(chance, parts)};
}

function extraColumn(number: number): ExtraColumn {
  const types = ['string', 'number', 'boolean', 'integer'] as const;
  return {name: `extra_${number}`, type: types[number % types.length] ?? 'string'};
}

/** The messages of all streams, mixed; those of one stream stay in order. */
function interleaved(
  chance: Chance,
  parts: readonly StreamPart[],
): readonly StoryMessage[] {
  const waiting = parts.map((part, stream) => messagesOf(chance, part, stream));
  const messages: StoryMessage[] = [];
  const pauses = chance.one([0.01, 0.05, 0.15]);
  for (;;) {
    const left = waiting.filter((list) => list.length > 0);
    const [first, ...others] = left;
    if (first === undefined) return messages;
    const next = chance.one([first, ...others]).shift();
    if (next !== undefined) messages.push(next);
    if (chance.happens(pauses)) messages.push({kind: 'pause'});
  }
}

function messagesOf(
  chance: Chance,
  {rows}: StreamPart,
  stream: number,
): StoryMessage[] {
  const messages: StoryMessage[] = [];
  const stateShare = chance.one([0.02, 0.1, 0.3]);
  rows.forEach((_, index) => {
    messages.push({kind: 'row', stream, index});
    const isLast = index === rows.length - 1;
    if (!isLast && chance.happens(stateShare)) {
      messages.push({kind: 'state', stream, position: index + 1});
    }
  });
  messages.push({kind: 'state', stream, position: rows.length});
  messages.push({kind: 'complete', stream});
  return messages;
}

function drawCuts(chance: Chance, isProgramKilled: boolean): readonly Cut[] {
  const count = isProgramKilled ? chance.whole(1, 2) : chance.whole(0, 3);
  return Array.from({length: count}, (): Cut => {
    if (isProgramKilled) return {kind: 'killed', moment: drawNearMoment(chance)};
    if (chance.happens(0.15)) {
      return {kind: 'source_died', afterMessages: chance.whole(0, 200)};
    }
    return {kind: 'killed', moment: drawMoment(chance)};
  });
}

/** One that comes in nearly every run: a program is too dear to be started for nothing. */
function drawNearMoment(chance: Chance): Moment {
  if (chance.happens(0.1)) return drawMoment(chance);
  if (chance.happens(0.35)) return {at: 'load', count: chance.whole(1, 2)};
  if (chance.happens(0.3)) return {at: 'echo', count: chance.whole(1, 2)};
  const what = chance.one(['upload', 'upload', 'removal', 'DESCRIBE', 'SELECT']);
  const phase = chance.one<'before' | 'after'>(['before', 'after']);
  return {
    at: 'request',
    what,
    phase,
    count: what === 'SELECT' ? 1 : chance.whole(1, 2),
  };
}

function drawMoment(chance: Chance): Moment {
  if (chance.happens(0.2)) return {at: 'load', count: chance.whole(1, 4)};
  if (chance.happens(0.15)) return {at: 'echo', count: chance.whole(1, 6)};
  const [what, most] = chance.one<readonly [string, number]>([
    ['COPY', 4],
    ['MERGE', 4],
    ['INSERT', 2],
    ['DROP', 2],
    ['CREATE', 3],
    ['ALTER', 3],
    ['upload', 5],
    ['removal', 4],
    ['DESCRIBE', 6],
  ]);
  const phase = chance.one<'before' | 'after'>(['before', 'after', 'after']);
  return {at: 'request', what, phase, count: chance.whole(1, most)};
}

/** A program waits for real, so little may go wrong where one runs. */
function drawWeather(chance: Chance, isProgramKilled: boolean): Weather {
  if (isProgramKilled) {
    return {faultRate: chance.one([0, 0, 0.01]), coldOpens: 0, slowLoads: 0.2};
  }
  return {
    faultRate: chance.one([0, 0.02, 0.08, 0.2]),
    coldOpens: chance.one([0, 0, 3, 8]),
    slowLoads: chance.one([0, 0.1, 0.4]),
  };
}
