import {mix} from '../chance/hash';

/** A GUID as PI prints it: 36 lower-case characters. */
export type Guid = string;

/** 16 bytes in the order of .NET's `Guid.ToByteArray`: the first three groups reversed. */
export function guidToBytes(guid: Guid): Buffer {
  const hex = guid.replaceAll('-', '');
  const bytes = Buffer.from(hex, 'hex');
  return reverseGroups(bytes);
}

export function guidFromBytes(bytes: Buffer): Guid {
  const hex = reverseGroups(Buffer.from(bytes)).toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

function reverseGroups(bytes: Buffer): Buffer {
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}

/** Where an object stands in the plant, hidden in its GUID so that no index is needed. */
export interface GuidContent {
  /** Unsigned, 32 bits. */
  readonly high: number;
  /** Unsigned, 32 bits. */
  readonly low: number;
}

/** A GUID that holds `content`, looks random, and differs for every salt. */
export function sealGuid(salt: number, {high, low}: GuidContent): Guid {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32LE((high ^ mix(salt, 1)) >>> 0, 0);
  bytes.writeUInt32LE((low ^ mix(salt, 2)) >>> 0, 4);
  bytes.writeUInt32LE(mix(mix(salt, high), low), 8);
  bytes.writeUInt32LE(mix(mix(salt, low), high), 12);
  return guidFromBytes(bytes);
}

/** The content of a GUID sealed with the same salt; undefined for every other GUID. */
export function openGuid(salt: number, guid: Guid): GuidContent | undefined {
  const bytes = guidToBytes(guid);
  const content = {
    high: (bytes.readUInt32LE(0) ^ mix(salt, 1)) >>> 0,
    low: (bytes.readUInt32LE(4) ^ mix(salt, 2)) >>> 0,
  };
  return sealGuid(salt, content) === guid ? content : undefined;
}
