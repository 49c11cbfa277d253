import type {Readable} from 'node:stream';
import {finished} from 'node:stream/promises';

import type {BodyMemory} from './body-memory';
import {faultOf} from './network-failure';

/** How much of a body is taken, and how long more of it is waited for. */
export interface BodyLimits {
  readonly mostBytes: number;
  /** Longest silence in the middle of a body. */
  readonly silenceMs: number;
  /** `Content-Length` where that is known. Only the size of memory relies on it. */
  readonly toldBytes: number;
  /** Nobody else looks at the chunks again: their memory is freed once they are copied. */
  readonly ownsChunks?: boolean;
}

/** Why no whole body came. */
class BodyFault extends Error {
  constructor(
    /** As `networkFailure` knows it. */
    readonly code: 'BODY_CUT' | 'READ_TIMEOUT' | 'ERR_BUFFER_TOO_LARGE',
    cause?: unknown,
  ) {
    super(code, {cause});
  }
}

/**
 * The whole body of an answer, at the beginning of memory taken from `memory`.
 *
 * Rejects with the code `BODY_CUT` where the connection ends in the middle of it,
 * `READ_TIMEOUT` where nothing comes for too long, `ERR_BUFFER_TOO_LARGE` where there
 * is too much of it, and with the code of axios where the request was cancelled, of
 * zlib where what is inflated is damaged.
 */
export async function readBody(
  stream: Readable,
  limits: BodyLimits,
  memory: BodyMemory,
): Promise<Buffer> {
  const body = new Body(memory, Math.min(limits.toldBytes, limits.mostBytes));
  const silence = setTimeout(() => {
    stream.destroy(new BodyFault('READ_TIMEOUT'));
  }, limits.silenceMs);
  stream.on('data', (chunk: Buffer) => {
    silence.refresh();
    if (body.length + chunk.length <= limits.mostBytes) {
      body.add(chunk);
      if (limits.ownsChunks === true) free(chunk);
    } else stream.destroy(new BodyFault('ERR_BUFFER_TOO_LARGE'));
  });
  try {
    // Knows also of a stream that broke before anybody listened.
    await finished(stream, {writable: false});
    return body.bytes;
  } catch (thrown) {
    memory.give(body.bytes);
    const isKnown = thrown instanceof BodyFault || KNOWN.test(faultOf(thrown).code);
    throw isKnown ? thrown : new BodyFault('BODY_CUT', thrown);
  } finally {
    clearTimeout(silence);
  }
}

/** From Node 22 on, memory can be taken away from a buffer. */
type Transferable = ArrayBufferLike & {readonly transfer?: (bytes: number) => unknown};

/**
 * Frees the memory of a chunk now, not when it is collected: until then it could be 30 MB
 * that wait for that. One that is a part of other memory is left alone.
 */
function free({buffer, length}: Buffer): void {
  if (buffer.byteLength === length) (buffer as Transferable).transfer?.(0);
}

/** Codes of axios and zlib that say more than that a body was cut. */
const KNOWN = /^(ERR_CANCELED$|Z_)/;

/** What has come so far. */
class Body {
  length = 0;
  #memory: Buffer;

  constructor(
    private readonly source: BodyMemory,
    bytes: number,
  ) {
    this.#memory = source.take(bytes);
  }

  get bytes(): Buffer {
    return this.#memory.subarray(0, this.length);
  }

  add(chunk: Buffer): void {
    const needed = this.length + chunk.length;
    if (needed > this.#memory.length) this.#enlarge(needed);
    chunk.copy(this.#memory, this.length);
    this.length = needed;
  }

  #enlarge(needed: number): void {
    const {bytes} = this;
    this.#memory = this.source.take(Math.max(needed, 2 * this.#memory.length));
    bytes.copy(this.#memory);
    this.source.give(bytes);
  }
}
