import {decodeWebId, idOnlyWebId} from '../client/web-id';
import type {PiTimestamp} from '../sync/pi-timestamp';
import {byStart, type KnownFrame} from './event-frames-known';
import {instantOfTicks, ticksOf} from './event-frames-ticks';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const GUID_BYTES = 16;

/** Event frames in few bytes: packed by asset server, the odd ones in full. */
export interface PackedFrames {
  readonly packed: Readonly<Record<string, string>>;
  readonly plain: readonly KnownFrame[];
}

/**
 * Packs frames whose WebID is made of their ids, which are all of a PI that keeps to its
 * own rules: 16 bytes of the id, then as base-128 varints the ticks since the start
 * before and the ticks to the end, oldest first, in base64. Equal frames, equal text.
 */
export function packFrames(frames: readonly KnownFrame[]): PackedFrames {
  const groups = new Map<string, KnownFrame[]>();
  const plain: KnownFrame[] = [];
  for (const frame of [...frames].sort(byStart)) {
    const serverId = serverIdOf(frame);
    const group = serverId === undefined ? plain : groups.get(serverId);
    if (group !== undefined) group.push(frame);
    else if (serverId !== undefined) groups.set(serverId, [frame]);
  }
  const packed = [...groups].map(([id, group]) => [id, packGroup(group)] as const);
  return {packed: Object.fromEntries(packed), plain};
}

/** The inverse for one asset server; undefined for a text that is damaged. */
export function unpackFrames(
  serverId: string,
  text: string,
): readonly KnownFrame[] | undefined {
  const bytes = Buffer.from(text, 'base64');
  if (!GUID.test(serverId) || bytes.toString('base64') !== text) return undefined;
  const reader = new PackReader(bytes);
  const frames: KnownFrame[] = [];
  while (reader.hasMore) {
    const frame = reader.frame(serverId);
    if (frame === undefined) return undefined;
    frames.push(frame);
  }
  return frames;
}

/** Of the WebID, where it can be made again from the ids alone. */
function serverIdOf({id, webId}: KnownFrame): string | undefined {
  const decoded = decodeWebId(webId);
  if (decoded?.kind !== 'event frame' || !GUID.test(id)) return undefined;
  const {kind, serverId} = decoded;
  return idOnlyWebId({kind, serverId, id}) === webId ? serverId : undefined;
}

function packGroup(frames: readonly KnownFrame[]): string {
  const bytes: number[] = [];
  let before = 0n;
  for (const {id, start, end} of frames) {
    bytes.push(...Buffer.from(id.replaceAll('-', ''), 'hex'));
    const startTicks = ticksOf(start);
    pushVarint(bytes, zigzag(startTicks - before));
    const isOpen = end === undefined;
    pushVarint(bytes, isOpen ? 0n : zigzag(ticksOf(end) - startTicks) + 1n);
    before = startTicks;
  }
  return Buffer.from(bytes).toString('base64');
}

class PackReader {
  #at = 0;
  #ticks = 0n;

  constructor(private readonly bytes: Buffer) {}

  get hasMore(): boolean {
    return this.#at < this.bytes.length;
  }

  frame(serverId: string): KnownFrame | undefined {
    const hex = this.bytes.toString('hex', this.#at, this.#at + GUID_BYTES);
    this.#at += GUID_BYTES;
    const step = this.#varint();
    const length = this.#varint();
    if (step === undefined || length === undefined) return undefined;
    this.#ticks += unzigzag(step);
    const start = instantOfTicks(this.#ticks);
    const end = this.#end(length);
    if (start === undefined || end === undefined) return undefined;
    const id = guidOfHex(hex);
    const webId = idOnlyWebId({kind: 'event frame', serverId, id});
    return {id, webId, start, end: end === 'open' ? undefined : end};
  }

  #end(length: bigint): PiTimestamp | 'open' | undefined {
    return length === 0n ? 'open' : instantOfTicks(this.#ticks + unzigzag(length - 1n));
  }

  /** Undefined where the bytes end within a number, or it is none of ours. */
  #varint(): bigint | undefined {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.bytes[this.#at++];
      if (byte === undefined) return undefined;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
    return undefined;
  }
}

function pushVarint(bytes: number[], value: bigint): void {
  let rest = value;
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
}

function zigzag(value: bigint): bigint {
  return value < 0n ? -value * 2n - 1n : value * 2n;
}

function unzigzag(value: bigint): bigint {
  return value % 2n === 0n ? value / 2n : -(value + 1n) / 2n;
}

function guidOfHex(hex: string): string {
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
  ];
  return [...groups, hex.slice(20)].join('-');
}
