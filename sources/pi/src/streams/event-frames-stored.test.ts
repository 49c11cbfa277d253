import type {JsonObject} from 'airbyte-cdk-ts';
import fc from 'fast-check';

import {idOnlyWebId} from '../client/web-id';
import {fromEpochMs, type PiTimestamp} from '../sync/pi-timestamp';
import {byStart, type KnownFrame} from './event-frames-known';
import {atRest, MAX_CLOSED, MAX_OPEN, type FramesState} from './event-frames-state';
import {decodeFramesState, encodeFramesState} from './event-frames-stored';

const SERVER_ID = '0e5b9c31-8f24-4d17-b3a6-6c2d7e10f9a8';
const YEAR_MS = 366 * 86_400_000;
const NOW_MS = Date.parse('2026-03-01T00:00:00Z');

describe('the state of event_frames', () => {
  it('comes back as it went', () => {
    fc.assert(
      fc.property(states(), (state) => {
        const text = JSON.stringify(encodeFramesState(state));

        const back = decodeFramesState(JSON.parse(text) as JsonObject);

        expect([...back].sort()).toEqual([...state].sort());
        expect(JSON.stringify(encodeFramesState(back))).toBe(text);
      }),
      {numRuns: 300, seed: 1},
    );
  });

  it('stays below 1 MB with all the frames it may hold', () => {
    const known = Array.from({length: MAX_OPEN + MAX_CLOSED}, (_, index) => {
      const startMs = NOW_MS - ((index * 7919) % (20 * YEAR_MS));
      const end = fromEpochMs(startMs + YEAR_MS + index);
      return frameOf(index, fromEpochMs(startMs), index < MAX_OPEN ? undefined : end);
    });
    const state: FramesState = new Map([['db', progress({known})]]);

    const bytes = Buffer.byteLength(JSON.stringify(encodeFramesState(state)));

    expect(bytes).toBeLessThan(800_000);
  });

  it.each([
    ['watermark', {frames: {}}],
    ['reached', {watermark: '2026-03-01T00:00:00Z', frames: {}, reached: 'now'}],
    ['frames', {watermark: '2026-03-01T00:00:00Z'}],
    [SERVER_ID, damaged('A')],
    [SERVER_ID, damaged('!')],
    ['nobody', {watermark: '2026-03-01T00:00:00Z', frames: {nobody: ''}}],
  ] as [string, JsonObject][])(
    'is refused where it is damaged, with the part: %s',
    (part, database) => {
      const stored = {version: 2, databases: {x: database}};

      expect(refusalOf(stored)).toMatchObject({
        failureType: 'config_error',
        details: {issue: expect.stringContaining(part)},
      });
    },
  );

  it('is refused where its version is not known', () => {
    expect(refusalOf({version: 3, databases: {}})).toMatchObject({
      failureType: 'config_error',
      details: {issue: expect.stringContaining('version')},
    });
  });

  it('is refused with any end missing of what it remembers', () => {
    const known = [frameOf(1, fromEpochMs(NOW_MS), undefined)];
    const {databases} = encodeFramesState(new Map([['db', progress({known})]])) as {
      databases: {db: {frames: Record<string, string>}};
    };
    const text = databases.db.frames[SERVER_ID] ?? '';

    for (let length = 4; length < text.length; length += 4) {
      databases.db.frames[SERVER_ID] = text.slice(0, length);
      expect(() => decodeFramesState({version: 2, databases})).toThrow(
        'Clear the state',
      );
    }
  });
});

function refusalOf(stored: JsonObject): unknown {
  try {
    return decodeFramesState(stored);
  } catch (thrown) {
    return thrown;
  }
}

function damaged(text: string): JsonObject {
  const frames = {[SERVER_ID]: text};
  return {watermark: '2026-03-01T00:00:00Z', frames};
}

function frameOf(
  index: number,
  start: PiTimestamp,
  end: PiTimestamp | undefined,
): KnownFrame {
  const hex = (index * 2_654_435_761).toString(16).padStart(12, '0').slice(-12);
  const id = `6a0e6f1e-7d0b-4d53-9f2f-${hex}`;
  const webId = idOnlyWebId({kind: 'event frame', serverId: SERVER_ID, id});
  return {id, webId, start, end};
}

function progress(
  more: Partial<Parameters<typeof atRest>[0]>,
): ReturnType<typeof atRest> {
  const watermark = fromEpochMs(NOW_MS);
  const nothing = {heldBack: undefined, forgottenUntil: undefined, scope: undefined};
  return atRest({watermark, reached: watermark, known: [], ...nothing, ...more});
}

function states(): fc.Arbitrary<FramesState> {
  const instant = fc
    .tuple(fc.integer({min: -1e12, max: 4e12}), fc.nat(9999))
    .map(([ms, ticks]) => {
      const whole = fromEpochMs(ms).slice(0, 23);
      return `${whole}${String(ticks).padStart(4, '0')}Z` as PiTimestamp;
    });
  const maybe = fc.option(instant, {nil: undefined});
  const frame = fc
    .tuple(fc.uuid(), fc.uuid(), instant, maybe, fc.boolean())
    .map(([serverId, id, start, end, odd]): KnownFrame => {
      const webId = idOnlyWebId({kind: 'event frame', serverId, id});
      return {id, webId: odd ? `F1Fm${id}` : webId, start, end};
    });
  const scope = fc.record({
    since: instant,
    templates: fc.option(fc.array(fc.string()), {nil: undefined}),
  });
  const database = fc
    .record({
      watermark: instant,
      reached: instant,
      known: fc.uniqueArray(frame, {selector: ({id}) => id}),
      heldBack: maybe,
      forgottenUntil: maybe,
      scope: fc.option(scope, {nil: undefined}),
    })
    .map((stored) => atRest({...stored, known: inStoredOrder(stored.known)}));
  return fc.array(fc.tuple(fc.uuid(), database)).map((entries) => new Map(entries));
}

/** Packed ones first, by server, oldest first; then those that are written in full. */
function inStoredOrder(frames: readonly KnownFrame[]): KnownFrame[] {
  const sorted = [...frames].sort(byStart);
  const servers = [...new Set(sorted.map(serverOf))].filter((one) => one !== 'odd');
  return [...servers, 'odd'].flatMap((one) =>
    sorted.filter((frame) => serverOf(frame) === one),
  );
}

function serverOf({webId}: KnownFrame): string {
  return webId.startsWith('F1Fm') ? 'odd' : webId.slice(4, 26);
}
