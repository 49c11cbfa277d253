/** Kinds of objects whose WebIDs we take apart, by the marker inside the WebID. */
export type WebIdKind =
  'data server' | 'point' | 'asset server' | 'database' | 'element' | 'event frame';

export interface DecodedWebId {
  readonly kind: WebIdKind;
  /** GUID of the data server or asset server. */
  readonly serverId: string;
  /** GUID of the object; the number of a point as text; the server's own for a server. */
  readonly id: string;
}

interface Layout {
  readonly kind: WebIdKind;
  /** Characters of the object's own id, behind those of its server. */
  readonly ownChars: number;
}

const GUID_CHARS = 22;
const POINT_CHARS = 6;

const LAYOUTS: Readonly<Record<string, Layout>> = {
  DS: {kind: 'data server', ownChars: 0},
  DP: {kind: 'point', ownChars: POINT_CHARS},
  RS: {kind: 'asset server', ownChars: 0},
  RD: {kind: 'database', ownChars: GUID_CHARS},
  Em: {kind: 'element', ownChars: GUID_CHARS},
  Fm: {kind: 'event frame', ownChars: GUID_CHARS},
};
const MARKERS: Readonly<Record<WebIdKind, string>> = {
  'data server': 'DS',
  point: 'DP',
  'asset server': 'RS',
  database: 'RD',
  element: 'Em',
  'event frame': 'Fm',
};

/** Full and IDOnly carry the ids; the other forms do not. */
const WITH_IDS = /^[FI]1([A-Z][A-Za-z])([A-Za-z0-9_-]{22,})$/;

/**
 * The identities inside a WebID 2.0 of type Full or IDOnly; undefined for any other text
 * and for kinds we do not know.
 */
export function decodeWebId(webId: string): DecodedWebId | undefined {
  const [, marker = '', ids = ''] = WITH_IDS.exec(webId) ?? [];
  const layout = LAYOUTS[marker];
  if (layout === undefined) return undefined;

  const {kind, ownChars} = layout;
  if (ids.length < GUID_CHARS + ownChars) return undefined;
  const serverId = guidOf(ids.slice(0, GUID_CHARS));
  if (ownChars === 0) return {kind, serverId, id: serverId};
  const own = ids.slice(GUID_CHARS, GUID_CHARS + ownChars);
  const id = kind === 'point' ? String(pointIdOf(own)) : guidOf(own);
  return {kind, serverId, id};
}

/** The IDOnly WebID of an object: the inverse of `decodeWebId`. */
export function idOnlyWebId({kind, serverId, id}: DecodedWebId): string {
  const prefix = prefixOf(kind, serverId);
  if (kind === 'data server' || kind === 'asset server') return prefix;
  return kind === 'point' ? prefix + pointChars(Number(id)) : prefix + guidChars(id);
}

let lastPrefix = {kind: '', serverId: '', prefix: ''};

/** The last one is kept: points come by the thousand from one server. */
function prefixOf(kind: WebIdKind, serverId: string): string {
  if (kind !== lastPrefix.kind || serverId !== lastPrefix.serverId) {
    const prefix = `I1${MARKERS[kind]}${guidChars(serverId)}`;
    lastPrefix = {kind, serverId, prefix};
  }
  return lastPrefix.prefix;
}

/** The id in the last part of a link such as `https://host/piwebapi/elements/I1Em…`. */
export function decodeLink(link: string | undefined): DecodedWebId | undefined {
  if (link === undefined) return undefined;
  return decodeWebId(link.split(/[?#]/, 1)[0]?.split('/').at(-1) ?? '');
}

/** .NET writes the first three groups of a GUID little-endian. */
function guidOf(chars: string): string {
  const bytes = Buffer.from(chars, 'base64url');
  const hex = reorder(bytes).toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

function guidChars(guid: string): string {
  return reorder(Buffer.from(guid.replaceAll('-', ''), 'hex')).toString('base64url');
}

function reorder(bytes: Buffer): Buffer {
  const turned = Buffer.from(bytes);
  turned.subarray(0, 4).reverse();
  turned.subarray(4, 6).reverse();
  turned.subarray(6, 8).reverse();
  return turned;
}

function pointIdOf(chars: string): number {
  return Buffer.from(chars, 'base64url').readInt32LE(0);
}

function pointChars(pointId: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(pointId);
  return bytes.toString('base64url');
}
