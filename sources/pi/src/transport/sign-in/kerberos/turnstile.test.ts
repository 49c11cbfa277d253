import {Turnstile} from './turnstile';

describe('Turnstile', () => {
  it('lets one in at a time, in the order in which they came', async () => {
    const turnstile = new Turnstile();
    let inside = 0;
    let most = 0;
    const order: number[] = [];

    await Promise.all(
      [1, 2, 3, 4].map((each) =>
        turnstile.pass(async () => {
          most = Math.max(most, ++inside);
          order.push(each);
          await Promise.resolve();
          inside--;
        }),
      ),
    );

    expect({most, order}).toEqual({most: 1, order: [1, 2, 3, 4]});
  });

  it('goes on after a failure', async () => {
    const turnstile = new Turnstile();
    const failing = turnstile.pass(() => Promise.reject(new RangeError('no')));
    const next = turnstile.pass(() => Promise.resolve('in'));

    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('in');
  });

  it('lets one at a time overtake whoever stays for too long', async () => {
    const turnstile = new Turnstile();
    turnstile.patienceMs = 1;
    const slow = gate();
    const other = gate();
    const entered: string[] = [];
    const enter = (name: string, wait: Promise<void>): Promise<void> =>
      turnstile.pass(() => {
        entered.push(name);
        return wait;
      });
    const passing = [enter('slow', slow.opened), enter('other', other.opened)];
    const third = enter('third', Promise.resolve());
    const fourth = enter('fourth', Promise.resolve());

    await until(() => entered.length === 2);
    expect(entered).toEqual(['slow', 'other']);
    other.open();
    await Promise.all([third, fourth]);

    expect(entered).toEqual(['slow', 'other', 'third', 'fourth']);
    slow.open();
    await Promise.all(passing);
    await expect(turnstile.pass(() => Promise.resolve('in'))).resolves.toBe('in');
  });

  it('lets a third in after the slow one left, though the second is slow too', async () => {
    const turnstile = new Turnstile();
    turnstile.patienceMs = 1;
    const [slow, slower] = [gate(), gate()];
    const passing = [
      turnstile.pass(() => slow.opened),
      turnstile.pass(() => slower.opened),
    ];
    slow.open();

    await expect(turnstile.pass(() => Promise.resolve('in'))).resolves.toBe('in');

    slower.open();
    await Promise.all(passing);
  });
});

function gate(): {opened: Promise<void>; open: () => void} {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return {opened, open: () => open()};
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
