import {guidFromBytes, guidToBytes, type Guid} from './guid';

/** What a WebID 2.0 is made of, after `webIdType`. */
export type WebIdType = 'Full' | 'IDOnly' | 'PathOnly';

const PREFIX: Readonly<Record<WebIdType, string>> = {
  Full: 'F1',
  IDOnly: 'I1',
  PathOnly: 'P1',
};

/** How the ids of a kind of object follow its marker. */
interface Layout {
  /** Number of GUIDs, server first. */
  readonly guids: number;
  /** A point's 32-bit id follows the GUIDs. */
  readonly pointId?: true;
  /** Characters naming the kind of owner that may stand behind the marker. */
  readonly owners?: string;
}

const LAYOUTS = {
  DS: {guids: 1},
  DP: {guids: 1, pointId: true},
  RS: {guids: 1},
  RD: {guids: 2},
  Em: {guids: 2},
  Ab: {guids: 3, owners: 'EF'},
  Fm: {guids: 2},
  ET: {guids: 2},
  EC: {guids: 2},
  AT: {guids: 3, owners: 'E'},
  AC: {guids: 2},
  MS: {guids: 2, owners: 'RD'},
  MV: {guids: 3, owners: 'RD'},
  Bl: {guids: 2},
  BC: {guids: 2},
} as const satisfies Readonly<Record<string, Layout>>;

/** The two letters that name the kind of object. */
export type Marker = keyof typeof LAYOUTS;

/** The object a WebID points at, in words. */
export interface WebIdParts {
  readonly type: WebIdType;
  readonly marker: Marker;
  /** `E`, `F`, `R` or `D` for the kinds that have an owner, otherwise empty. */
  readonly owner: string;
  /** Empty for `PathOnly`. */
  readonly guids: readonly Guid[];
  readonly pointId: number | undefined;
  /** Upper case, without the leading backslashes; empty for `IDOnly`. */
  readonly path: string;
}

/** An object that can be given a WebID. */
export interface Identity {
  readonly marker: Marker;
  readonly owner?: string;
  readonly guids: readonly Guid[];
  readonly pointId?: number;
  /** With its leading backslashes, as the API prints it. */
  readonly path: string;
}

/** Writes the WebID 2.0 of an object in the given type. */
export function encodeWebId(identity: Identity, type: WebIdType): string {
  const head = PREFIX[type] + identity.marker + (identity.owner ?? '');
  const ids = type === 'PathOnly' ? '' : encodeIds(identity);
  const path = type === 'IDOnly' ? '' : encodePath(identity.path);
  return head + ids + path;
}

function encodeIds({guids, pointId}: Identity): string {
  const text = guids.map((guid) => guidToBytes(guid).toString('base64url')).join('');
  return pointId === undefined ? text : text + encodePointId(pointId);
}

function encodePointId(pointId: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(pointId);
  return bytes.toString('base64url');
}

function encodePath(path: string): string {
  const payload = path.replace(/^\\\\/, '').toUpperCase();
  return Buffer.from(payload, 'utf8').toString('base64url');
}

/** Reads a WebID 2.0; undefined for text that is none. */
export function decodeWebId(webId: string): WebIdParts | undefined {
  const type = (Object.keys(PREFIX) as WebIdType[]).find((candidate) =>
    webId.startsWith(PREFIX[candidate]),
  );
  const marker = webId.slice(2, 4);
  if (type === undefined || !isMarker(marker) || !/^[\w-]*$/.test(webId))
    return undefined;
  const layout: Layout = LAYOUTS[marker];
  const owner = layout.owners === undefined ? '' : webId.slice(4, 5);
  if (layout.owners !== undefined && !layout.owners.includes(owner || '?'))
    return undefined;
  const rest = webId.slice(4 + owner.length);
  return decodePayload({type, marker, owner}, layout, rest);
}

type Head = Pick<WebIdParts, 'type' | 'marker' | 'owner'>;

function decodePayload(
  head: Head,
  layout: Layout,
  rest: string,
): WebIdParts | undefined {
  if (head.type === 'PathOnly')
    return withPath({...head, guids: [], pointId: undefined}, rest);
  const guidChars = layout.guids * 22;
  const idChars = guidChars + (layout.pointId === true ? 6 : 0);
  if (rest.length < idChars) return undefined;
  const guids = Array.from({length: layout.guids}, (_, i) =>
    guidFromBytes(Buffer.from(rest.slice(i * 22, i * 22 + 22), 'base64url')),
  );
  const pointId =
    layout.pointId === true
      ? Buffer.from(rest.slice(guidChars, idChars), 'base64url').readInt32LE(0)
      : undefined;
  const found = {...head, guids, pointId};
  if (head.type === 'Full') return withPath(found, rest.slice(idChars));
  return rest.length === idChars ? {...found, path: ''} : undefined;
}

function withPath(
  found: Omit<WebIdParts, 'path'>,
  text: string,
): WebIdParts | undefined {
  const path = Buffer.from(text, 'base64url').toString('utf8');
  return path === '' ? undefined : {...found, path};
}

function isMarker(text: string): text is Marker {
  return Object.hasOwn(LAYOUTS, text);
}
