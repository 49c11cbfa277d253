import {fromEpochMs} from '../sync/pi-timestamp';
import {AssetFrameworkStandIn} from './asset-framework.stand-in';
import {
  Delivered,
  frameAt,
  framesStream,
  MINUTE_MS,
  START_MS,
  syncFrames,
} from './event-frames-run.stand-in';
import {MAX_OPEN} from './event-frames-state';

const OPEN = MAX_OPEN + 300;

describe('event_frames with more open frames than the state may hold', () => {
  it('sees every one of them close, wherever its end lies, and keeps the state small', async () => {
    const af = new AssetFrameworkStandIn();
    af.frames = Array.from({length: OPEN}, (_, index) =>
      frameAt(index, index, undefined),
    );
    const delivered = new Delivered();
    const first = await syncFrames({af, nowMs: START_MS + 6000 * MINUTE_MS});
    delivered.take(first);
    for (const [index, frame] of af.frames.entries()) {
      if (index % 7 > 0) frame.endMs = frame.startMs + (index % 5) * MINUTE_MS;
    }

    const second = await syncFrames({
      af,
      nowMs: START_MS + 7000 * MINUTE_MS,
      stored: first.state,
    });
    delivered.take(second);

    const open = [...delivered.rows.values()].filter((row) => row['is_open'] === true);
    expect(delivered.rows.size).toBe(OPEN);
    expect(open).toHaveLength(
      af.frames.filter(({endMs}) => endMs === undefined).length,
    );
    expect(JSON.stringify(first.state).length).toBeLessThan(200_000);
    const stream = framesStream({af, nowMs: START_MS});
    expect(stream.summary(stream.decodeState(first.state))).toContain(
      `from ${fromEpochMs(START_MS + MAX_OPEN * MINUTE_MS)} on`,
    );
  });
});
