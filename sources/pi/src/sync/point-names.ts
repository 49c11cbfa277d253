import type {JsonObject} from 'airbyte-cdk-ts';
import {z} from 'zod';

import {BitReader, BitWriter} from './bit-text';
import type {PiPoint} from './pi-point';
import {type PointId, PointSet} from './point-set';

/** What is to be said of a point against what was known. */
export type NameChange = 'same' | 'renamed' | 'unknown';

const MOST_BITS = 12;
const FEWEST_BITS = 4;
/** Room for 30,000 points in a state of 64 KB, with what stands around them. */
const ROOM_BITS = 360_000;
const ROOM_BITS_PER_POINT = 12;

/**
 * Which points an earlier sync knew, and a few bits of each one's name: enough to notice
 * nearly every rename (all but one in 4,096; in large plants, where bits are saved, all
 * but one in some hundreds), and too few to know the former name.
 */
export class PointNames {
  static readonly NONE = new PointNames(PointSet.EMPTY, new Uint16Array(), MOST_BITS);

  private constructor(
    readonly points: PointSet,
    /** By position in the set. */
    private readonly hashes: Uint16Array,
    private readonly bits: number,
  ) {}

  static of(
    points: readonly Pick<PiPoint, 'serverId' | 'pointId' | 'name'>[],
  ): PointNames {
    const set = PointSet.of(points);
    const bits = affordable(set);
    const hashes = new Uint16Array(set.size);
    for (const point of points) {
      hashes[set.position(point) ?? 0] = hashOf(point.name, bits);
    }
    return new PointNames(set, hashes, bits);
  }

  change(point: Pick<PiPoint, 'serverId' | 'pointId' | 'name'>): NameChange {
    const position = this.points.position(point);
    if (position === undefined) return 'unknown';
    return this.hashes[position] === hashOf(point.name, this.bits) ? 'same' : 'renamed';
  }

  /** Equal names, equal text. */
  encode(): JsonObject {
    const names = new BitWriter();
    for (const hash of this.hashes) names.write(hash, this.bits);
    const servers = [...this.points.byServer()].map(([server, ids]) => [
      server,
      encodeIds(ids),
    ]);
    return {
      servers: Object.fromEntries(servers) as JsonObject,
      bits: this.bits,
      names: names.text(),
    };
  }

  /** Undefined for what `encode` has not written. */
  static decode({servers, bits, names}: StoredNames): PointNames | undefined {
    const points: PointId[] = [];
    for (const [serverId, stored] of Object.entries(servers)) {
      const ids = decodeIds(stored);
      if (ids === undefined) return undefined;
      for (const pointId of ids) points.push({serverId, pointId});
    }
    const set = PointSet.of(points);
    const reader = new BitReader(Buffer.from(names, 'base64'));
    const hashes = new Uint16Array(set.size);
    for (let position = 0; position < set.size; position += 1) {
      const hash = reader.read(bits);
      if (hash === undefined) return undefined;
      hashes[position] = hash;
    }
    return new PointNames(set, hashes, bits);
  }
}

const storedNames = z.looseObject({
  servers: z.record(
    z.string(),
    z.looseObject({
      count: z.int().min(0),
      low_bits: z.int().min(0).max(31),
      ids: z.string(),
    }),
  ),
  bits: z.int().min(FEWEST_BITS).max(MOST_BITS),
  names: z.string(),
});
type StoredNames = z.output<typeof storedNames>;
type StoredIds = StoredNames['servers'][string];

/** Names as they stand in a state. */
export const pointNames = storedNames.transform((stored, context): PointNames => {
  const decoded = PointNames.decode(stored);
  if (decoded !== undefined) return decoded;
  context.addIssue('not a list of points');
  return z.NEVER;
});

/** As many bits a name as there is room for beside the numbers of the points. */
function affordable(points: PointSet): number {
  if (points.size === 0) return MOST_BITS;
  let idBytes = 0;
  for (const ids of points.byServer().values()) idBytes += idBits(ids).size;
  const room = Math.max(ROOM_BITS / points.size, ROOM_BITS_PER_POINT);
  const rest = Math.floor(room - (idBytes * 8) / points.size);
  return Math.max(FEWEST_BITS, Math.min(MOST_BITS, rest));
}

const MOST_ONES = 16;

function encodeIds(ids: Int32Array): JsonObject {
  return {count: ids.length, low_bits: lowBits(ids), ids: idBits(ids).text()};
}

/**
 * Differences of ascending numbers in Rice's code: what lies above the low bits as so
 * many ones, or all of it in 32 bits where those would be too many.
 */
function idBits(ids: Int32Array): BitWriter {
  const low = lowBits(ids);
  const writer = new BitWriter();
  let previous = -1;
  for (const id of ids) {
    const gap = id - previous - 1;
    const ones = gap >>> low;
    previous = id;
    if (ones >= MOST_ONES) {
      writer.write(0xffff, MOST_ONES);
      writer.write(gap, 32);
      continue;
    }
    writer.write((1 << (ones + 1)) - 2, ones + 1);
    writer.write(gap, low);
  }
  return writer;
}

/** Near the best for numbers that are scattered evenly. */
function lowBits(ids: Int32Array): number {
  const mean = ((ids.at(-1) ?? 0) + 1) / Math.max(1, ids.length);
  return Math.max(0, Math.floor(Math.log2(mean * Math.LN2)));
}

function decodeIds({count, low_bits: low, ids: text}: StoredIds): number[] | undefined {
  const reader = new BitReader(Buffer.from(text, 'base64'));
  const ids: number[] = [];
  let previous = -1;
  while (ids.length < count) {
    const gap = readGap(reader, low);
    if (gap === undefined) return undefined;
    previous += gap + 1;
    if (previous > 0x7fff_ffff) return undefined;
    ids.push(previous);
  }
  return ids;
}

function readGap(reader: BitReader, low: number): number | undefined {
  for (let ones = 0; ones < MOST_ONES; ones += 1) {
    const bit = reader.read(1);
    if (bit === undefined) return undefined;
    if (bit === 1) continue;
    const rest = reader.read(low);
    return rest === undefined ? undefined : ones * 2 ** low + rest;
  }
  return reader.read(32);
}

/** FNV-1a, its upper bits. */
function hashOf(name: string, bits: number): number {
  let hash = 0x811c_9dc5;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x0100_0193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x85eb_ca6b);
  return (hash ^ (hash >>> 13)) >>> (32 - bits);
}
