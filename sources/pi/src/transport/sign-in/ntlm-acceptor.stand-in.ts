import {createHmac} from 'node:crypto';
import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Socket} from 'node:net';

import {httpServer, type LoopbackServer} from '../loopback-server.stand-in';

export interface AcceptorOptions {
  readonly password: string;
  /** The only challenge, instead of a good one. */
  readonly challenge?: string;
  /** What a request without message is told; NTLM as the default. */
  readonly offer?: string;
  /** Whether to close the connection after this answer. */
  readonly closes?: (answer: Answered) => boolean;
  /** Connections that were signed in are forgotten after so many answers. */
  readonly forgetsAfter?: number;
}

type Answered = 'offer' | 'challenge' | 'refusal' | 'content';

export interface NtlmAcceptor extends LoopbackServer {
  /** What each request was answered, in order. */
  readonly answers: Answered[];
  /** `DOMAIN\user` of the third messages. */
  readonly accounts: Set<string>;
  readonly bodies: Set<string>;
  /** Signed-in requests that were under way at once, at the most. */
  mostAtOnce: number;
  /** Ends all connections, without having announced it. */
  dropConnections(): void;
}

const SERVER_CHALLENGE = Buffer.from('0123456789abcdef', 'hex');
/** Unicode, NTLM, extended security, target information. */
export const NEW_FLAGS = 0x0088_0201;
/** A domain's name, and the end of the list. */
const TARGET_INFO = Buffer.concat([
  Buffer.from([2, 0, 10, 0]),
  Buffer.from('PLANT', 'utf16le'),
  Buffer.alloc(4),
]);

/** A web server that signs in connections by NTLMv2, as HTTP.sys does, for one password. */
export async function ntlmAcceptor(options: AcceptorOptions): Promise<NtlmAcceptor> {
  const seen = {
    answers: [] as Answered[],
    accounts: new Set<string>(),
    bodies: new Set<string>(),
    mostAtOnce: 0,
  };
  const left = new WeakMap<Socket, number>();
  const sockets = new Set<Socket>();
  let inside = 0;
  const server = await httpServer((request, response) => {
    sockets.add(request.socket);
    void (async () => {
      const body = await bodyOf(request);
      const answered = judged(request, {options, left, accounts: seen.accounts});
      seen.answers.push(answered);
      if (options.closes?.(answered) === true)
        response.setHeader('Connection', 'close');
      if (answered === 'content') {
        seen.bodies.add(body);
        inside += 1;
        seen.mostAtOnce = Math.max(seen.mostAtOnce, inside);
        await new Promise(setImmediate);
        inside -= 1;
      }
      send(response, answered, options);
    })();
  });
  return Object.assign(seen, {
    port: server.port,
    dropConnections: () => {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  });
}

interface Memory {
  readonly options: AcceptorOptions;
  /** Answers that a signed-in connection still gets. */
  readonly left: WeakMap<Socket, number>;
  readonly accounts: Set<string>;
}

function judged(request: IncomingMessage, memory: Memory): Answered {
  const [scheme, token = ''] = (request.headers.authorization ?? '').split(' ');
  if (scheme !== 'NTLM') return remembered(request.socket, memory);
  const message = Buffer.from(token, 'base64');
  if (message.readUInt32LE(8) === 1) return 'challenge';
  const {account, isRight} = verified(message, memory.options.password);
  memory.accounts.add(account);
  if (!isRight) return 'refusal';
  const {forgetsAfter = Number.POSITIVE_INFINITY} = memory.options;
  memory.left.set(request.socket, forgetsAfter);
  return 'content';
}

function remembered(socket: Socket, {left}: Memory): Answered {
  const more = left.get(socket) ?? 0;
  left.set(socket, more - 1);
  return more > 0 ? 'content' : 'offer';
}

function send(
  response: ServerResponse,
  answered: Answered,
  {challenge = challengeOf(NEW_FLAGS), offer = 'NTLM'}: AcceptorOptions,
): void {
  if (answered === 'content') {
    response.end('{"Name":"PLANT\\\\svc"}');
    return;
  }
  const offered =
    answered === 'challenge' && offer === 'NTLM' ? `NTLM ${challenge}` : offer;
  response.writeHead(401, {'WWW-Authenticate': offered.trim()}).end('{}');
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** The second message, in base64. */
export function challengeOf(flags: number, targetInfo = TARGET_INFO): string {
  const head = Buffer.alloc(48);
  head.write('NTLMSSP\0', 0, 'latin1');
  head.writeUInt32LE(2, 8);
  head.writeUInt32LE(48, 16);
  head.writeUInt32LE(flags, 20);
  SERVER_CHALLENGE.copy(head, 24);
  head.writeUInt16LE(targetInfo.length, 40);
  head.writeUInt16LE(targetInfo.length, 42);
  head.writeUInt32LE(48, 44);
  return Buffer.concat([head, targetInfo]).toString('base64');
}

/** Who sent the third message, and whether he knows the password (MS-NLMP 3.3.2). */
export function verified(
  message: Buffer,
  password: string,
): {readonly account: string; readonly isRight: boolean} {
  const response = field(message, 20);
  const domain = field(message, 28).toString('utf16le');
  const user = field(message, 36).toString('utf16le');
  const hash = md4(Buffer.from(password, 'utf16le'));
  const key = hmacMd5(hash, Buffer.from(user.toUpperCase() + domain, 'utf16le'));
  const proof = hmacMd5(key, Buffer.concat([SERVER_CHALLENGE, response.subarray(16)]));
  return {
    account: `${domain}\\${user}`,
    isRight: proof.equals(response.subarray(0, 16)),
  };
}

function field(message: Buffer, at: number): Buffer {
  const offset = message.readUInt32LE(at + 4);
  return message.subarray(offset, offset + message.readUInt16LE(at));
}

function hmacMd5(key: Buffer, data: Buffer): Buffer {
  return createHmac('md5', key).update(data).digest();
}

/** RFC 1320; OpenSSL 3 has put it away. */
export function md4(text: Buffer): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length) * 8n);
  const zeros = Buffer.alloc((119 - (text.length % 64)) % 64);
  const padded = Buffer.concat([text, Buffer.from([0x80]), zeros, length]);
  let state = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
  for (let at = 0; at < padded.length; at += 64) {
    const words = Array.from({length: 16}, (_, word) =>
      padded.readUInt32LE(at + 4 * word),
    );
    const [a, b, c, d] = ROUNDS.reduce((mixed, round) => round(mixed, words), state);
    state = state.map((was, place) => (was + ([a, b, c, d][place] ?? 0)) >>> 0);
  }
  const digest = Buffer.alloc(16);
  state.forEach((word, place) => digest.writeUInt32LE(word, 4 * place));
  return digest;
}

type Round = (state: number[], words: readonly number[]) => number[];
type Mix = (b: number, c: number, d: number) => number;

const ROUNDS: readonly Round[] = [
  roundOf((b, c, d) => (b & c) | (~b & d), 0, {
    shifts: [3, 7, 11, 19],
    order: order(1, 4),
  }),
  roundOf((b, c, d) => (b & c) | (b & d) | (c & d), 0x5a82_7999, {
    shifts: [3, 5, 9, 13],
    order: order(4, 1),
  }),
  roundOf((b, c, d) => b ^ c ^ d, 0x6ed9_eba1, {
    shifts: [3, 9, 11, 15],
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
  }),
];

function order(inner: number, outer: number): readonly number[] {
  return Array.from(
    {length: 16},
    (_, at) => (at % 4) * inner + Math.floor(at / 4) * outer,
  );
}

interface Schedule {
  readonly shifts: readonly number[];
  readonly order: readonly number[];
}

function roundOf(mix: Mix, constant: number, {shifts, order}: Schedule): Round {
  return (state, words) => {
    let [a = 0, b = 0, c = 0, d = 0] = state;
    for (const [step, word] of order.entries()) {
      const sum = (a + mix(b, c, d) + (words[word] ?? 0) + constant) >>> 0;
      const shift = shifts[step % 4] ?? 0;
      [a, d, c, b] = [d, c, b, ((sum << shift) | (sum >>> (32 - shift))) >>> 0];
    }
    return [a, b, c, d];
  };
}
