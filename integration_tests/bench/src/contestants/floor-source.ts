/**
 * The floor: what a source costs at least that parses with `JSON.parse`. It knows its
 * requests beforehand and makes each line of one template; there are no retries, states,
 * selections or checks. `floor-source TASK.json`.
 */
import {writeSync} from 'node:fs';

import {readingTask, type PointFacts, type ReadingTask} from './reading-task';
import {
  recordedAnswers,
  type RecordedStream,
  type RecordedValue,
} from './recorded-answers';
import {Seams} from './seam';
import {sevenDecimals} from './timestamp';

const STDOUT = 1;
const CHUNK_CHARS = 64 * 1024;

interface Lines {
  /** Up to and including the quote before the timestamp. */
  readonly head: string;
  readonly tail: string;
}

class FloorSource {
  readonly #seams = new Seams();
  readonly #lines: ReadonlyMap<string, Lines>;
  #text = '';

  constructor(private readonly task: ReadingTask) {
    this.#lines = new Map(
      Object.entries(task.points).map(([webId, facts]) => [
        webId,
        linesOf(webId, facts),
      ]),
    );
  }

  async run(): Promise<void> {
    const {recording, origin} = this.task;
    for await (const streams of recordedAnswers(recording, origin)) {
      for (const stream of streams) this.#write(stream);
    }
    this.#flush();
  }

  #write({WebId, Items}: RecordedStream): void {
    const lines = this.#lines.get(WebId);
    if (lines === undefined) return;
    const {head, tail} = lines;
    const skip = this.#seams.overlap(WebId, Items);
    let previous = Items[skip - 1]?.Timestamp;
    let sequence = Math.max(0, skip - 1);
    for (const value of skip === 0 ? Items : Items.slice(skip)) {
      const timestamp = sevenDecimals(value.Timestamp);
      if (timestamp >= this.task.end) break;
      sequence = value.Timestamp === previous ? sequence + 1 : 0;
      previous = value.Timestamp;
      this.#text += `${head}${timestamp}","sequence":${sequence}${valueMembers(value)},"quality_good":${value.Good},"quality_questionable":${value.Questionable},"quality_substituted":${value.Substituted},"quality_annotated":${value.Annotated}${tail}`;
      if (this.#text.length > CHUNK_CHARS) this.#flush();
    }
  }

  #flush(): void {
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

void new FloorSource(readingTask(process.argv[2] ?? '')).run();
