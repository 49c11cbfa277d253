import {LoadTimes, type LoadPhase} from './load-times';

describe('LoadTimes', () => {
  it('counts loads that are in one phase together once', async () => {
    const clock = {ms: 0};
    const times = new LoadTimes(() => clock.ms);
    const ends = [begun(times, 'upload'), begun(times, 'upload')];
    clock.ms = 3000;
    await ends[0]?.();
    clock.ms = 4000;
    await ends[1]?.();
    clock.ms = 9000;
    const again = begun(times, 'upload');
    clock.ms = 9500;
    await again();
    times.add({rows: 10, bytes: 2_000_000});

    expect(times.summary).toBe(
      'Loaded 10 rows in 1 files (2.0 MB): encoding took 0.0 s, ' +
        'uploading 4.5 s, loading into tables 0.0 s.',
    );
  });

  it('counts what failed, and passes on the failure', async () => {
    const clock = {ms: 0};
    const times = new LoadTimes(() => clock.ms);
    const failing = times.measure('commit', () => {
      clock.ms += 1500;
      return Promise.reject(new Error('refused'));
    });
    times.add({rows: 1, bytes: 1});

    await expect(failing).rejects.toThrow('refused');
    expect(times.summary).toContain('loading into tables 1.5 s');
  });

  it('has nothing to say where nothing was loaded', () => {
    expect(new LoadTimes(() => 0).summary).toBeUndefined();
  });
});

/** Begins something in a phase, and gives what ends it. */
function begun(times: LoadTimes, phase: LoadPhase): () => Promise<void> {
  const {promise, resolve} = withResolvers();
  const measured = times.measure(phase, () => promise);
  return () => {
    resolve();
    return measured;
  };
}

function withResolvers(): {promise: Promise<void>; resolve: () => void} {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return {promise, resolve};
}
