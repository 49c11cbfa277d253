import {Socket, type ConnectOpts, type SocketConstructorOpts} from 'node:net';
import type {Readable} from 'node:stream';
import {ReadStream} from 'node:tty';

/** What a pipe of the system holds: no read brings more. */
const CHUNK_BYTES = 65_536;

/**
 * The chunks of an input. Those of a pipe lie in one buffer that is used again and again:
 * a chunk is lent until the next one is asked for. An input of another kind is read as
 * streams are. Ends early, without an error, once the signal is given.
 *
 * @param descriptor Of the same input, which must not have been read from yet.
 */
export function inputChunks(
  input: Readable,
  descriptor: number,
  signal: AbortSignal,
): AsyncIterable<Buffer> {
  const isPipe = input instanceof Socket && !(input instanceof ReadStream);
  if (isPipe) return new LentChunks(descriptor, signal);
  signal.addEventListener('abort', () => input.destroy());
  return input as AsyncIterable<Buffer>;
}

/** Reads a pipe only while a chunk is waited for. */
class LentChunks {
  readonly #buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  readonly #socket: Socket;
  #bytes = 0;
  #isClosed = false;
  #failure: Error | undefined;
  #wake: () => void = () => undefined;

  constructor(descriptor: number, signal: AbortSignal) {
    const options: SocketConstructorOpts & ConnectOpts = {
      ...{fd: descriptor, readable: true, writable: false},
      onread: {buffer: this.#buffer, callback: (bytes) => this.#took(bytes)},
    };
    this.#socket = new Socket(options);
    this.#socket.on('error', (failure) => (this.#failure = failure));
    this.#socket.once('close', () => {
      this.#isClosed = true;
      this.#wake();
    });
    signal.addEventListener('abort', () => this.#socket.destroy());
    if (signal.aborted) this.#socket.destroy();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    try {
      while (await this.#next()) yield this.#buffer.subarray(0, this.#bytes);
      if (this.#failure !== undefined) throw this.#failure;
    } finally {
      this.#socket.destroy();
    }
  }

  /** False: the reading stops until the chunk has been used. */
  #took(bytes: number): boolean {
    this.#bytes = bytes;
    this.#wake();
    return false;
  }

  async #next(): Promise<boolean> {
    this.#bytes = 0;
    if (this.#isClosed) return false;
    const woken = new Promise<void>((wake) => (this.#wake = wake));
    this.#socket.resume();
    this.#socket.read(0);
    await woken;
    return this.#bytes > 0;
  }
}
