import fc from 'fast-check';

import {jsonAnswer, piHttpOver, ScriptedHttp} from './scripted-http.stand-in';
import {PointTimes, Traffic, WaitClock} from './traffic';

describe('WaitClock', () => {
  it('counts every moment once, however many wait in it', () => {
    const waits = fc.array(fc.tuple(fc.nat(5), fc.nat(20)), {maxLength: 30});
    fc.assert(
      fc.property(waits, (plan) => {
        const clock = new WaitClock();
        const waited = new Set<number>();
        let nowMs = 0;
        for (const [passedMs, forMs] of plan) {
          nowMs += passedMs;
          clock.add(nowMs, nowMs + forMs);
          for (let ms = nowMs; ms < nowMs + forMs; ms += 1) waited.add(ms);
        }

        expect(clock.waitedMs).toBe(waited.size);
      }),
      {seed: 1},
    );
  });
});

describe('PointTimes', () => {
  it('names the slowest points, the slowest first', () => {
    const requests = fc.array(
      fc.tuple(fc.uniqueArray(fc.nat(9), {minLength: 1}), fc.nat(1000)),
    );
    fc.assert(
      fc.property(requests, (plan) => {
        const times = new PointTimes();
        const expected = new Map<string, number>();
        for (const [points, ms] of plan) {
          const webIds = points.map((point) => `W${point}`);
          times.add(webIds, ms);
          for (const webId of webIds) {
            expected.set(webId, (expected.get(webId) ?? 0) + ms / webIds.length);
          }
        }

        const longest = [...expected.values()].sort((a, b) => b - a).slice(0, 5);
        expect(times.slowest(5).map(([, ms]) => ms)).toEqual(longest);
      }),
      {seed: 1},
    );
  });
});

describe('the traffic of PiHttp', () => {
  it('counts requests, bytes and what PI makes it wait', async () => {
    const traffic = new Traffic();
    const http = new ScriptedHttp((_, at) =>
      at === 0
        ? jsonAnswer({}, 429, {'retry-after': '3'})
        : jsonAnswer({r0: {Status: 200}}, 207),
    );
    const taken: number[] = [];

    const body = await piHttpOver(http, {traffic}).batch('{}', {
      onTime: (ms) => taken.push(ms),
    });

    expect(traffic.requests).toBe(2);
    expect(traffic.receivedBytes).toBe(body.length + '{}'.length);
    expect(traffic.serverWait.waitedMs).toBe(3500);
    expect(traffic.ownWait.waitedMs).toBe(0);
    expect(taken).toHaveLength(2);
  });

  it('tells the wait for the own rate apart', async () => {
    const traffic = new Traffic();
    const http = new ScriptedHttp(() => jsonAnswer({}, 207));
    const pi = piHttpOver(http, {traffic});

    for (let request = 0; request < 1010; request += 1) await pi.batch('{}');

    expect(traffic.ownWait.waitedMs).toBeGreaterThan(0);
    expect(traffic.serverWait.waitedMs).toBe(0);
  });
});
