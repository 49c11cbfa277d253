/** A made history: every tag has an event every `stepSeconds`, hour after hour. */
export interface MadeHistory {
  /** Names of the streams that share the tags among them. */
  readonly streams: readonly string[];
  /** Tags of each stream. */
  readonly tags: number;
  /** First instant, ISO 8601. */
  readonly from: string;
  readonly hours: number;
  readonly stepSeconds: number;
  /** What the values of this history have in common: another offset gives other values. */
  readonly offset?: number;
}

const HOUR_SECONDS = 3600;
const EMITTED_AT = 1_772_431_200_000;

/** Records that `timeseriesLines` makes. */
export function recordsOf(made: MadeHistory): number {
  const {streams, tags, hours, stepSeconds} = made;
  return streams.length * tags * hours * Math.ceil(HOUR_SECONDS / stepSeconds);
}

/**
 * Messages of a source of `timeseries`, in pieces of one tag's hour, the streams in turn;
 * behind them each stream's state and its end.
 */
export function* timeseriesLines(made: MadeHistory): Generator<string> {
  const {streams, tags, hours} = made;
  for (let hour = 0; hour < hours; hour += 1) {
    for (let tag = 0; tag < tags; tag += 1) {
      for (const stream of streams) yield hourOfTag({...made, stream, hour, tag});
    }
  }
  for (const stream of streams) yield ending(stream);
}

interface TagHour extends MadeHistory {
  readonly stream: string;
  readonly hour: number;
  readonly tag: number;
}

function hourOfTag(piece: TagHour): string {
  const {stream, hour, tag, from, stepSeconds, offset = 0} = piece;
  const name = String(tag).padStart(5, '0');
  const head =
    `{"type":"RECORD","record":{"stream":"${stream}","emitted_at":${EMITTED_AT},` +
    `"data":{"tag_webid":"F1DPmadeHistoryOfTheBench0000${name}",` +
    `"tag_name":"UNIT${tag % 10}.TI-${name}.PV","timestamp":"`;
  const tail =
    ',"value_kind":"number","quality_good":true,"quality_questionable":false,' +
    '"quality_substituted":false,"quality_annotated":false,"units":"degC"}}}\n';
  const startMs = Date.parse(from) + hour * HOUR_SECONDS * 1000;
  let text = '';
  for (let second = 0; second < HOUR_SECONDS; second += stepSeconds) {
    const at = new Date(startMs + second * 1000).toISOString().slice(0, -1);
    const value = ((tag * 7.25 + hour * 3 + second / 64 + offset) % 1000).toFixed(4);
    text += `${head}${at}0000Z","sequence":0,"value":${Number(value)}${tail}`;
  }
  return text;
}

function ending(stream: string): string {
  const descriptor = {name: stream};
  const state = {
    type: 'STREAM',
    stream: {stream_descriptor: descriptor, stream_state: {done: true}},
  };
  const trace = {
    type: 'STREAM_STATUS',
    emitted_at: EMITTED_AT,
    stream_status: {stream_descriptor: descriptor, status: 'COMPLETE'},
  };
  return `${JSON.stringify({type: 'STATE', state})}\n${JSON.stringify({type: 'TRACE', trace})}\n`;
}
