import type {Transform} from 'node:stream';
import {createGunzip, createUnzip} from 'node:zlib';

/** A gzip text ends with its length before it was compressed, in four bytes. */
const LENGTH_BYTES = 4;
/**
 * What is inflated at once, off the main thread: pieces of 16 KB cost more than the
 * inflating, and of much larger ones as much memory stays behind.
 */
const PIECE_BYTES = 512 * 1024;

/** What a body goes through to be read, and what it says of its length; nothing relies on that. */
export interface Inflating {
  readonly through: Transform;
  readonly toldBytes: number;
}

/**
 * How a body is inflated by its `Content-Encoding`; undefined where it is not
 * compressed. A body of an encoding that was never asked for is left as it is.
 */
export function inflating(
  body: Buffer,
  encoding: string | undefined,
): Inflating | undefined {
  if (body.length === 0) return undefined;
  const name = encoding?.toLowerCase() ?? '';
  const options = {chunkSize: PIECE_BYTES};
  if (name === 'deflate') {
    return {through: createUnzip(options), toldBytes: body.length};
  }
  if (name !== 'gzip' && name !== 'x-gzip') return undefined;
  return {through: createGunzip(options), toldBytes: toldLength(body)};
}

function toldLength(body: Buffer): number {
  return body.length < LENGTH_BYTES ? 0 : body.readUInt32LE(body.length - LENGTH_BYTES);
}
