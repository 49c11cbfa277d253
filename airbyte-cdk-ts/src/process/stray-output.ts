import {Writable} from 'node:stream';

/**
 * Stands in for `process.stdout`, so that `console.log` and libraries that print cannot
 * break the lines of the protocol: what they say is passed on as text, line by line.
 * The real stream must never be touched: that alone makes writes to a pipe refuse to
 * block.
 */
export class StrayOutput extends Writable {
  #rest = '';

  constructor(private readonly say: (line: string) => void) {
    super({decodeStrings: false});
  }

  override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
    const lines = (this.#rest + chunk.toString()).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') this.say(line);
    done();
  }
}

/** Puts a stand-in in the place of a standard stream of this process. */
export function divert(name: 'stdout' | 'stderr', say: (line: string) => void): void {
  const stream = new StrayOutput(say);
  Object.defineProperty(process, name, {configurable: true, get: () => stream});
}
