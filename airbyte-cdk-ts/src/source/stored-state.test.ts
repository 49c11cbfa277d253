import type {SyncMode} from '../protocol/catalog';
import type {JsonObject} from '../protocol/json';
import type {StreamDeclaration} from './source-stream';
import {
  FULL_REFRESH_COMPLETE,
  modeInForce,
  stateOnTheWay,
  stateToResume,
} from './stored-state';

const BOTH: readonly SyncMode[] = ['full_refresh', 'incremental'];

describe('modeInForce', () => {
  it.each<[SyncMode, readonly SyncMode[], SyncMode]>([
    ['incremental', BOTH, 'incremental'],
    ['full_refresh', BOTH, 'full_refresh'],
    ['incremental', ['full_refresh'], 'full_refresh'],
  ])('reads a stream asked for %s that offers %s as %s', (asked, offered, mode) => {
    expect(modeInForce(declaration(true, offered), asked)).toBe(mode);
  });
});

describe('stateToResume', () => {
  const cursor: JsonObject = {cursor: 7};

  it('goes on where an incremental sync stopped', () => {
    expect(stateToResume(declaration(), 'incremental', cursor)).toEqual(cursor);
  });

  it('goes on where a full refresh stopped', () => {
    const stored = stateOnTheWay('full_refresh', cursor);

    expect(stateToResume(declaration(), 'full_refresh', stored)).toEqual(cursor);
  });

  it.each(BOTH)(
    'starts anew (%s) when a finished full refresh is handed back',
    (mode) => {
      expect(stateToResume(declaration(), mode, FULL_REFRESH_COMPLETE)).toBeUndefined();
    },
  );

  it('does not skip in a full refresh what an incremental sync had read', () => {
    expect(stateToResume(declaration(), 'full_refresh', cursor)).toBeUndefined();
  });

  it('does not take an unfinished full refresh for a cursor', () => {
    const stored = stateOnTheWay('full_refresh', cursor);

    expect(stateToResume(declaration(), 'incremental', stored)).toBeUndefined();
  });

  it('starts a full refresh anew that cannot be resumed', () => {
    const stored = stateOnTheWay('full_refresh', cursor);

    expect(stateToResume(declaration(false), 'full_refresh', stored)).toBeUndefined();
  });
});

function declaration(
  isResumable = true,
  supportedSyncModes: readonly SyncMode[] = BOTH,
): StreamDeclaration {
  return {
    name: 'a',
    jsonSchema: {},
    supportedSyncModes,
    primaryKey: [],
    cursorField: [],
    isResumable,
  };
}
