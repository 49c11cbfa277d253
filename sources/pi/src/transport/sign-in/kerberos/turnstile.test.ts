import {Turnstile} from './turnstile';

describe('Turnstile', () => {
  it('lets no more in at once than it has lanes', async () => {
    const turnstile = new Turnstile();
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await Promise.resolve();
      inside--;
    };

    await Promise.all(Array.from({length: 8}, () => turnstile.pass(work)));
    expect(most).toBe(1);

    turnstile.lanes = 3;
    await Promise.all(Array.from({length: 8}, () => turnstile.pass(work)));
    expect(most).toBe(3);
  });

  it('goes on after a failure, and lets those who wait in when it gets wider', async () => {
    const turnstile = new Turnstile();
    const entered: number[] = [];
    const failing = turnstile.pass(() => {
      turnstile.lanes = 2;
      return Promise.reject(new RangeError('no'));
    });
    const others = [1, 2].map((each) =>
      turnstile.pass(() => Promise.resolve(entered.push(each))),
    );

    await expect(failing).rejects.toThrow('no');
    await Promise.all(others);

    expect(entered).toEqual([1, 2]);
  });
});
