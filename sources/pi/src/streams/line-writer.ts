import type {LineSink} from 'airbyte-cdk-ts';

import {LineBuffer} from '../values/line-buffer';

/** Collects the lines of many points into large writes. */
export class LineWriter {
  readonly buffer: LineBuffer;
  events = 0;

  constructor(private readonly lines: LineSink) {
    this.buffer = new LineBuffer(lines.envelope(), () => lines.memory());
  }

  /** Lines of all points so far. */
  get written(): number {
    return this.events + this.buffer.records;
  }

  async flush(): Promise<void> {
    const {lines, records} = this.buffer;
    this.buffer.reset(this.lines.envelope());
    if (records === 0) return;
    this.events += records;
    await this.lines.write(lines, records);
  }
}
