import {type IncomingMessage, type ServerResponse} from 'node:http';
import {setTimeout as sleep} from 'node:timers/promises';
import {promisify} from 'node:util';
import {gzip} from 'node:zlib';

import {type Dispatched, type WireFault} from './dispatcher';

const compress = promisify(gzip);
/** Below this a compressed body is no smaller. */
const MIN_GZIP_BYTES = 256;

/** Sends an answer, as a fault may want it, and returns how many bytes its body had. */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  {answer, wire = {}}: Dispatched,
): Promise<number> {
  if (wire.reset === true) {
    request.socket.resetAndDestroy();
    return 0;
  }
  const headers: Record<string, string> = {...answer.headers};
  let body = (answer.body ?? []).map((piece) =>
    typeof piece === 'string' ? Buffer.from(piece) : piece,
  );
  const accepted = request.headers['accept-encoding'] ?? '';
  if (/\bgzip\b/.test(accepted) && byteLength(body) >= MIN_GZIP_BYTES) {
    body = [await compress(Buffer.concat(body), {level: 1})];
    headers['Content-Encoding'] = 'gzip';
  }
  const length = byteLength(body);
  response.writeHead(answer.status, {...headers, 'Content-Length': length});
  return sendBody(response, body, wire);
}

async function sendBody(
  response: ServerResponse,
  body: readonly Buffer[],
  {truncateAfterBytes = Infinity, trickleBytes, trickleMs = 10}: WireFault,
): Promise<number> {
  const length = byteLength(body);
  if (truncateAfterBytes < length) {
    const part = Buffer.concat(body).subarray(0, truncateAfterBytes);
    response.write(part, () => response.destroy());
    return part.length;
  }
  if (trickleBytes !== undefined) {
    const whole = Buffer.concat(body);
    for (let at = 0; at < length && !response.destroyed; at += trickleBytes) {
      response.write(whole.subarray(at, at + trickleBytes));
      await sleep(trickleMs);
    }
  } else for (const chunk of body) response.write(chunk);
  response.end();
  return length;
}

function byteLength(chunks: readonly Buffer[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}
