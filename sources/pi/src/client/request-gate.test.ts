import fc from 'fast-check';

import {RequestGate} from './request-gate';
import {InstantClock} from './scripted-http.stand-in';
import {Traffic} from './traffic';

describe('RequestGate', () => {
  it('never lets more than the ceiling through, and everybody in the end', async () => {
    const plan = fc.array(fc.record({bad: fc.boolean(), turns: fc.nat(5)}), {
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({min: 1, max: 6}),
        plan,
        async (ceiling, requests) => {
          const gate = gateOf(ceiling);
          let underWay = 0;
          let most = 0;
          const runs = requests.map(({bad, turns}) =>
            gate.run(
              async () => {
                most = Math.max(most, ++underWay);
                for (let turn = 0; turn < turns; turn++) await Promise.resolve();
                underWay--;
              },
              () => ({overloaded: bad}),
            ),
          );
          await Promise.all(runs);

          expect(most).toBeLessThanOrEqual(ceiling);
          expect(underWay).toBe(0);
        },
      ),
      {numRuns: 100, seed: 1},
    );
  });

  it('lets fewer through while PI struggles, and more again afterwards', async () => {
    const gate = gateOf(4);

    await gate.run(
      () => Promise.resolve(),
      () => ({overloaded: true}),
    );
    expect(gate.limit).toBe(1);
    expect(gate.refusals).toBe(1);

    for (let request = 0; request < 20; request++) {
      await gate.run(
        () => Promise.resolve(),
        () => ({overloaded: false}),
      );
    }
    expect(gate.limit).toBe(4);
  });

  it('lets fewer through when a part of an answer told of overload', () => {
    const gate = gateOf(8);
    const before = gate.limit;

    gate.strained();

    expect(gate.limit).toBe(before / 2);
  });

  it('keeps to the rate', async () => {
    const clock = new InstantClock();
    const gate = gateOf(4, {clock, maxRequestsPerSecond: 2});

    for (let request = 0; request < 4; request++) {
      await gate.run(
        () => Promise.resolve(),
        () => ({overloaded: false}),
      );
    }

    expect(clock.sleptMs).toEqual([500, 500]);
  });

  it('lets nobody begin while the server asked all of us to wait', async () => {
    const clock = new InstantClock();
    const gate = gateOf(4, {clock});
    gate.hold(7000);

    await gate.run(
      () => Promise.resolve(),
      () => ({overloaded: false}),
    );

    expect(clock.sleptMs).toEqual([7000]);
  });

  it('gives its place back when a request fails', async () => {
    const gate = gateOf(1);
    const failing = gate.run(
      () => Promise.reject(new RangeError('no')),
      () => ({overloaded: false}),
    );

    await expect(failing).rejects.toThrow('no');
    await expect(
      gate.run(
        () => Promise.resolve(1),
        () => ({overloaded: false}),
      ),
    ).resolves.toBe(1);
  });

  it('lets nobody in after the end was asked for', async () => {
    const controller = new AbortController();
    const gate = gateOf(1, {signal: controller.signal});
    controller.abort(new RangeError('stopped'));

    await expect(
      gate.run(
        () => Promise.resolve(),
        () => ({overloaded: false}),
      ),
    ).rejects.toThrow('stopped');
  });
});

function gateOf(
  maxConcurrency: number,
  options: Partial<ConstructorParameters<typeof RequestGate>[0]> = {},
): RequestGate {
  return new RequestGate({
    maxConcurrency,
    maxRequestsPerSecond: 1000,
    clock: new InstantClock(),
    signal: new AbortController().signal,
    traffic: new Traffic(),
    ...options,
  });
}
