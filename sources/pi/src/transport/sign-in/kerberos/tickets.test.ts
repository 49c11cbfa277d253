import type {KdcReach} from './kdc-reach';
import type {GssContext, KerberosLibrary} from './kerberos-library';
import {principalOf} from './principal';
import {Tickets, type TicketsOptions} from './tickets';

const UNREACHABLE = "Cannot contact any KDC for realm 'R'";
const REFUSED = 'Preauthentication failed';

describe('Tickets', () => {
  it('makes a new token for each request', async () => {
    const {tickets} = scene();

    const tokens = [await tickets.proof(), await tickets.proof()];

    expect(tokens.map(({token}) => token)).toEqual(['token-1', 'token-2']);
  });

  it('asks alone at first, so that a wrong password is tried once for all', async () => {
    const {tickets, library} = scene({fails: () => REFUSED});

    const asked = await Promise.allSettled(
      Array.from({length: 16}, () => tickets.proof()),
    );

    expect(reasons(asked)).toEqual(new Set(['KERBEROS_STALE_KEYTAB']));
    expect(library.made).toBe(1);
  });

  it('tries again once the failure is a minute old', async () => {
    let fails: string | undefined = REFUSED;
    const {tickets, library, clock} = scene({fails: () => fails});
    await expect(tickets.proof()).rejects.toThrow('keytab');
    fails = undefined;

    clock.nowMs = 59_999;
    await expect(tickets.proof()).rejects.toThrow('keytab');
    expect(library.made).toBe(1);
    clock.nowMs = 60_000;

    await expect(tickets.proof()).resolves.toMatchObject({token: 'token-2'});
  });

  it('waits for silent centres once, and holds nobody else up', async () => {
    const {tickets, library, clock} = scene({
      fails: () => {
        clock.nowMs += 25_000;
        return UNREACHABLE;
      },
      reach: {id: 'KERBEROS_KDC_SILENT', kdc: 'dc1'},
    });

    const asked = await Promise.allSettled(
      Array.from({length: 16}, () => tickets.proof()),
    );

    expect(reasons(asked)).toEqual(new Set(['KERBEROS_KDC_SILENT']));
    expect(library.made).toBe(1);
  });

  it('gives centres up that take longer than its limit', async () => {
    const {tickets} = scene({
      before: () => new Promise(() => undefined),
      limitMs: 1,
      reach: {id: 'KERBEROS_KDC_SILENT', kdc: 'dc1:88'},
    });

    await expect(tickets.proof()).rejects.toThrow('centre dc1:88 accepts connections');
  });

  it('hides the centres while a renewal hangs, so that others go on', async () => {
    const renewal = gate();
    const {tickets, shown, clock} = scene({
      limitMs: 0,
      patienceMs: 1,
      before: (made) => (made === 2 ? renewal.opened : Promise.resolve()),
    });
    await tickets.proof();
    const slow = tickets.proof();

    const others = await Promise.all([tickets.proof(), tickets.proof()]);
    renewal.open();

    expect(others.map(({token}) => token)).toEqual(['token-3', 'token-4']);
    await expect(slow).resolves.toMatchObject({token: 'token-2'});
    expect(shown).toEqual([true, false]);
    clock.nowMs = 300_000;
    await tickets.proof();
    expect(shown).toEqual([true, false, true]);
  });

  it('shows the centres again when a ticket ends meanwhile', async () => {
    const renewal = gate();
    const {tickets, shown} = scene({
      patienceMs: 1,
      before: (made) => (made === 2 ? renewal.opened : Promise.resolve()),
      fails: (made) => (made === 3 ? 'Ticket expired' : undefined),
    });
    await tickets.proof();
    const slow = tickets.proof();

    await expect(tickets.proof()).resolves.toMatchObject({token: 'token-4'});

    expect(shown).toEqual([true, false, true]);
    renewal.open();
    await slow;
  });

  it('does not hold on to a failure that passes and costs no time', async () => {
    const {tickets, library} = scene({
      fails: (made) => (made === 1 ? UNREACHABLE : undefined),
      reach: {id: 'KERBEROS_KDC_REFUSES', kdc: 'dc1'},
    });

    await expect(tickets.proof()).rejects.toMatchObject({
      failureType: 'transient_error',
    });
    await expect(tickets.proof()).resolves.toBeDefined();

    expect(library.made).toBe(2);
  });

  it.each([
    [undefined, 'KERBEROS_OTHER_SALT'],
    ['Preauthentication failed (-1765328360)', 'KERBEROS_WRONG_PASSWORD'],
    ['Decrypt integrity check failed', 'KERBEROS_WRONG_PASSWORD'],
    ["Client's credentials have been revoked", 'KERBEROS_ACCOUNT_LOCKED'],
    [UNREACHABLE, 'KERBEROS_NO_KDC'],
  ])(
    'asks whether the password is wrong or its salt: %s',
    async (...[said, reason]) => {
      const {tickets} = scene({
        fails: () => REFUSED,
        password: 'secret',
        checkPassword: () =>
          said === undefined
            ? Promise.resolve(null)
            : Promise.reject(new RangeError(said)),
      });

      await expect(tickets.proof()).rejects.toMatchObject({details: {reason}});
    },
  );

  it('never shows the password that the library may repeat', async () => {
    const {tickets} = scene({fails: () => 'Odd: s3cret!', password: 's3cret!'});

    await expect(tickets.proof()).rejects.toThrow(/^(?!.*s3cret).*may be shown/);
  });

  it('forgets the tickets of a refused proof once, whoever else was refused', async () => {
    const {tickets, caches} = scene();
    const proofs = [await tickets.proof(), await tickets.proof()];

    for (const proof of proofs) tickets.forget(proof);
    tickets.forget(await tickets.proof());

    expect(caches).toEqual([0, 1, 2]);
  });
});

interface Scene extends Partial<
  Pick<TicketsOptions, 'password' | 'limitMs' | 'patienceMs'>
> {
  /** The library's words on the so manyth call, if it fails. */
  readonly fails?: (made: number) => string | undefined;
  /** What the so manyth call waits for. */
  readonly before?: (made: number) => Promise<unknown>;
  readonly reach?: KdcReach;
  readonly checkPassword?: KerberosLibrary['checkPassword'];
}

function scene(given: Scene = {}): {
  tickets: Tickets;
  library: {made: number};
  caches: number[];
  shown: boolean[];
  clock: {nowMs: number};
} {
  const {fails, before, checkPassword, password, limitMs = 10_000} = given;
  const library = {made: 0};
  const clock = {nowMs: 0};
  const caches: number[] = [];
  const shown: boolean[] = [];
  const context = async (): Promise<GssContext> => {
    const made = ++library.made;
    await before?.(made);
    const words = fails?.(made);
    if (words !== undefined) throw new RangeError(words);
    return {contextComplete: false, step: () => Promise.resolve(`token-${made}`)};
  };
  const tickets = new Tickets({
    library: {
      context,
      checkPassword: checkPassword ?? (() => Promise.resolve(undefined)),
    },
    principal: principalOf('svc_airbyte@PLANT.EXAMPLE'),
    service: 'HTTP@pi',
    password,
    keepIn: (cache) => caches.push(cache),
    showKdcs: (areShown) => shown.push(areShown),
    patienceMs: given.patienceMs ?? 1000,
    reach: () => Promise.resolve(given.reach ?? {id: 'KERBEROS_NO_KDC', kdc: ''}),
    limitMs,
    nowMs: () => clock.nowMs,
  });
  return {tickets, library, caches, shown, clock};
}

function gate(): {opened: Promise<void>; open: () => void} {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return {opened, open: () => open()};
}

function reasons(asked: readonly PromiseSettledResult<unknown>[]): Set<unknown> {
  return new Set(
    asked.map((each) =>
      each.status === 'rejected'
        ? (each.reason as {details: {reason: string}}).details.reason
        : 'let in',
    ),
  );
}
