import {ConfigError} from '../errors';
import type {SyncMode} from '../protocol/catalog';
import type {AnySourceStream, SourceStream} from '../source/source-stream';

export interface Tiny {
  readonly slices: number;
  readonly records?: number;
  readonly modes?: readonly SyncMode[];
  readonly failAt?: readonly [number, Error];
  readonly failure?: Error;
  readonly standsStill?: boolean;
  readonly onRead?: (slice: number) => void;
}

/** A stream of so many slices with so many records each, one slice a round. */
export function tiny(name: string, settings: Tiny): AnySourceStream {
  const {slices, records = 0, modes = ['full_refresh', 'incremental']} = settings;
  const stream: SourceStream<number, number, number> = {
    declaration: {
      name,
      jsonSchema: {},
      supportedSyncModes: modes,
      primaryKey: [],
      cursorField: [],
      isResumable: true,
    },
    decodeState: (stored) => {
      const done = stored?.['done'] ?? 0;
      if (typeof done !== 'number') throw new ConfigError('`done` is damaged.');
      return done;
    },
    encodeState: (done) => ({done}),
    plan: async function* (done) {
      if (done < slices) yield await Promise.resolve(done);
    },
    read: async (slice, lines) => {
      settings.onRead?.(slice);
      if (settings.failAt?.[0] === slice) throw settings.failAt[1];
      const {head, tail} = lines.envelope();
      if (records > 0) await lines.write(`${head}{}${tail}`.repeat(records), records);
      return slice + 1;
    },
    advance: (done, outcome) => (settings.standsStill ? done : outcome),
    failure: () => settings.failure,
  };
  return stream;
}
