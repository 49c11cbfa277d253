import {writeSync} from 'node:fs';

import type {PointFacts} from './reading-task';
import type {RecordedStream, RecordedValue} from './recorded-answers';
import {Seams} from './seam';
import {sevenDecimals} from './timestamp';

const STDOUT = 1;
const CHUNK_CHARS = 64 * 1024;

interface Lines {
  /** Up to and including the quote before the timestamp. */
  readonly head: string;
  readonly tail: string;
}

/** Makes RECORD lines of parsed values, each of one template, and writes them to stdout. */
export class LineWriter {
  readonly #seams = new Seams();
  readonly #lines: ReadonlyMap<string, Lines>;
  #text = '';

  /** @param end Events from this instant on are not wanted. */
  constructor(
    points: Readonly<Record<string, PointFacts>>,
    private readonly end: string,
  ) {
    this.#lines = new Map(
      Object.entries(points).map(([webId, facts]) => [webId, linesOf(webId, facts)]),
    );
  }

  /** Pages of a point may overlap in the events at one timestamp: they are taken once. */
  write({WebId, Items}: RecordedStream): void {
    const lines = this.#lines.get(WebId);
    if (lines === undefined) return;
    const {head, tail} = lines;
    const skip = this.#seams.overlap(WebId, Items);
    let previous = Items[skip - 1]?.Timestamp;
    let sequence = Math.max(0, skip - 1);
    for (const value of skip === 0 ? Items : Items.slice(skip)) {
      const timestamp = sevenDecimals(value.Timestamp);
      if (timestamp >= this.end) break;
      sequence = value.Timestamp === previous ? sequence + 1 : 0;
      previous = value.Timestamp;
      this.#text += `${head}${timestamp}","sequence":${sequence}${valueMembers(value)},"quality_good":${value.Good},"quality_questionable":${value.Questionable},"quality_substituted":${value.Substituted},"quality_annotated":${value.Annotated}${tail}`;
      if (this.#text.length > CHUNK_CHARS) this.flush();
    }
  }

  /** Writes what is held; blocks until the reader has taken it. */
  flush(): void {
    const chunk = Buffer.from(this.#text);
    for (let written = 0; written < chunk.length;) {
      written += writeSync(STDOUT, chunk, written);
    }
    this.#text = '';
  }
}

function linesOf(webId: string, {name, units}: PointFacts): Lines {
  const data = `{"tag_webid":"${webId}","tag_name":${JSON.stringify(name)},"timestamp":"`;
  return {
    head: `{"type":"RECORD","record":{"stream":"timeseries","emitted_at":${Date.now()},"data":${data}`,
    tail: `${units === undefined ? '' : `,"units":${JSON.stringify(units)}`}}}}\n`,
  };
}

function valueMembers({Value}: RecordedValue): string {
  if (typeof Value === 'number') return `,"value":${Value},"value_kind":"number"`;
  if (typeof Value === 'object' && Value !== null) {
    const kind = Value.IsSystem === true ? 'system_state' : 'digital';
    return `,"digital_code":${Value.Value},"digital_name":${JSON.stringify(Value.Name)},"value_kind":"${kind}"`;
  }
  return `,"value_string":${JSON.stringify(Value)},"value_kind":"string"`;
}
