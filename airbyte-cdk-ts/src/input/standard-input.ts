import {Socket, type ConnectOpts, type SocketConstructorOpts} from 'node:net';
import type {Readable} from 'node:stream';
import {ReadStream} from 'node:tty';

import {IteratedInput, type ChunkInput, type UseChunk} from './chunk-input';

/** What a pipe of the system holds: no read brings more. */
const CHUNK_BYTES = 65_536;
/** Room for the beginning of a line before the chunk that it goes on in. */
const ROOM_BYTES = 65_536;

/**
 * The chunks of an input. Those of a pipe lie in one buffer that is used again and again,
 * behind room for a line's beginning. An input of another kind is read as streams are.
 * Ends early, without an error, once the signal is given.
 *
 * @param descriptor Of the same input, which must not have been read from yet.
 */
export function inputChunks(
  input: Readable,
  descriptor: number,
  signal: AbortSignal,
): ChunkInput {
  const isPipe = input instanceof Socket && !(input instanceof ReadStream);
  if (isPipe) return {each: (use) => readPipe({descriptor, signal, use})};
  signal.addEventListener('abort', () => input.destroy());
  return new IteratedInput(input as AsyncIterable<Buffer>);
}

interface PipeOrder {
  readonly descriptor: number;
  readonly signal: AbortSignal;
  readonly use: UseChunk;
}

function readPipe(order: PipeOrder): Promise<void> {
  return new Promise((resolve, reject) => new PipeReading(order, {resolve, reject}));
}

/**
 * Reads a pipe to its end. A chunk is used inside the read that brought it, and as long
 * as its use asks for no wait the next read follows at once: the writer has filled the
 * pipe again meanwhile, and to ask the system whether it has would cost as much as to read.
 */
class PipeReading {
  readonly #buffer = Buffer.allocUnsafeSlow(ROOM_BYTES + CHUNK_BYTES);
  readonly #socket: Socket;
  readonly #use: UseChunk;
  #failure: {readonly cause: unknown} | undefined;
  /** Resolves when the last chunk has been used. */
  #used: Promise<unknown> = Promise.resolve();

  constructor(
    {descriptor, signal, use}: PipeOrder,
    {resolve, reject}: {resolve: () => void; reject: (cause: unknown) => void},
  ) {
    const options: SocketConstructorOpts & ConnectOpts = {
      ...{fd: descriptor, readable: true, writable: false},
      onread: {
        buffer: this.#buffer.subarray(ROOM_BYTES),
        callback: (bytes) => this.#took(bytes),
      },
    };
    this.#use = use;
    this.#socket = new Socket(options);
    this.#socket.on('error', (cause) => this.#fail(cause));
    this.#socket.once('close', () => {
      void this.#used.then(() => {
        if (this.#failure === undefined) resolve();
        else reject(this.#failure.cause);
      });
    });
    signal.addEventListener('abort', () => this.#socket.destroy());
    this.#goOn(!signal.aborted);
  }

  /** True: the reading goes on at once. */
  #took(bytes: number): boolean {
    try {
      const chunk = {buffer: this.#buffer, start: ROOM_BYTES, end: ROOM_BYTES + bytes};
      const isMoreWanted = this.#use(chunk);
      if (isMoreWanted === true) return true;
      this.#used = Promise.resolve(isMoreWanted).then(
        (isWanted) => this.#goOn(isWanted),
        (cause: unknown) => this.#fail(cause),
      );
    } catch (cause) {
      this.#fail(cause);
    }
    return false;
  }

  #goOn(isMoreWanted: boolean): void {
    if (isMoreWanted && !this.#socket.destroyed) {
      this.#socket.resume();
      this.#socket.read(0);
    } else {
      this.#socket.destroy();
    }
  }

  #fail(cause: unknown): void {
    this.#failure ??= {cause};
    this.#socket.destroy();
  }
}
