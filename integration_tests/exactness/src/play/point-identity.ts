/** `server GUID/point id`: what a state calls a point. */
export function pointKey(guid: string, id: number): string {
  return `${guid}/${id}`;
}

/** The WebID 2.0 of type IDOnly of a point. */
export function pointWebId(guid: string, id: number): string {
  const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex');
  // As .NET writes a GUID: its first three groups have their bytes reversed.
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  const number = Buffer.alloc(4);
  number.writeInt32LE(id);
  return `I1DP${bytes.toString('base64url')}${number.toString('base64url')}`;
}
