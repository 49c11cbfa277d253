/** One way to break the source, after a defect that connectors really had. */
export interface Mutation {
  readonly name: string;
  /** What goes wrong, in one sentence. */
  readonly says: string;
  readonly edits: readonly Edit[];
  /** Hard cases that are tried first. */
  readonly cases?: readonly string[];
}

/** A change of one source file. */
export interface Edit {
  /** From the repository's root. */
  readonly file: string;
  /** Must stand in the file exactly once. */
  readonly find: string;
  readonly replace: string;
}

const ROOMS = {
  streams: 'sources/pi/src/streams',
  sync: 'sources/pi/src/sync',
  values: 'sources/pi/src/values',
  client: 'sources/pi/src/client',
  selection: 'sources/pi/src/selection',
  runtime: 'airbyte-cdk-ts/src/source',
} as const;

/** An edit of a file in one of the rooms that a value passes through. */
export function edit(
  file: `${keyof typeof ROOMS}/${string}`,
  find: string,
  replace: string,
): Edit {
  const [room = '', name = ''] = file.split('/');
  return {file: `${ROOMS[room as keyof typeof ROOMS]}/${name}.ts`, find, replace};
}
