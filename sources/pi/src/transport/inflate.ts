import {promisify} from 'node:util';
import {gunzip, unzip, type ZlibOptions} from 'node:zlib';

const gunzipped = promisify<Buffer, ZlibOptions, Buffer>(gunzip);
const unzipped = promisify<Buffer, ZlibOptions, Buffer>(unzip);

/** A gzip text ends with its length before it was compressed, in four bytes. */
const LENGTH_BYTES = 4;
/** Room behind a length that is true, lest a second round be made for nothing. */
const SPARE_BYTES = 64;

/**
 * The text of a body that may be compressed, by its `Content-Encoding`. It is inflated
 * in one piece, off the main thread: piece by piece costs more than the inflating.
 *
 * Rejects with `ERR_BUFFER_TOO_LARGE` where there are more than `mostBytes`, with
 * zlib's own codes where the body is cut off or damaged. A body of an encoding that was
 * never asked for is left as it is.
 */
export async function inflated(
  body: Buffer,
  encoding: string | undefined,
  mostBytes: number,
): Promise<Buffer> {
  if (body.length === 0) return body;
  const name = encoding?.toLowerCase() ?? '';
  if (name === 'deflate') return await unzipped(body, {maxOutputLength: mostBytes});
  if (name !== 'gzip' && name !== 'x-gzip') return body;
  const chunkSize = Math.min(toldLength(body), mostBytes) + SPARE_BYTES;
  return await gunzipped(body, {maxOutputLength: mostBytes, chunkSize});
}

/** What a gzip text says of itself; nothing relies on it but the size of a buffer. */
function toldLength(body: Buffer): number {
  return body.length < LENGTH_BYTES ? 0 : body.readUInt32LE(body.length - LENGTH_BYTES);
}
