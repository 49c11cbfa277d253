import fc from 'fast-check';

import {persevere, type PersevereOptions} from './persevere';
import {Waits} from './waits';

/** What may come of one try, as the driver throws it. */
const LOST = Object.assign(new RangeError('socket hang up'), {code: 'ECONNRESET'});
const BUSY = {statusCode: 429, response: {headers: new Headers({'retry-after': '3'})}};
const STARTING = {statusCode: 503, response: {headers: new Headers()}};
const GONE = new RangeError('Invalid SessionHandle: SessionHandle [1]');
const CONFLICT = new RangeError('[DELTA_CONCURRENT_APPEND] x SQLSTATE: 2D521');
const UNCLEAR = new RangeError('java.io.IOException: x');
const REFUSED = new RangeError('[TABLE_OR_VIEW_NOT_FOUND] x SQLSTATE: 42P01');
const TOKEN = {statusCode: 401, response: {headers: new Headers()}};

describe('persevere', () => {
  it('comes through whatever passes, and never tries more often than it must', async () => {
    const passing = fc.array(fc.constantFrom(LOST, BUSY, STARTING, GONE, CONFLICT), {
      maxLength: 12,
    });

    await fc.assert(
      fc.asyncProperty(passing, async (faults) => {
        const course = courseOf(faults);

        const result = await persevere(course.trial, course.options);

        expect(result).toEqual({value: 'done'});
        expect(course.tries()).toBe(faults.length + 1);
        expect(course.renewedSessions()).toBe(faults.filter((f) => f === GONE).length);
      }),
    );
  });

  it('ends within about ten minutes of waiting, whatever goes on failing', async () => {
    const lasting = fc.array(fc.constantFrom(LOST, BUSY, STARTING, GONE, CONFLICT), {
      minLength: 1,
      maxLength: 5,
    });

    await fc.assert(
      fc.asyncProperty(lasting, async (cycle) => {
        const course = courseOf(
          Array.from({length: 5000}, (_, n) => cycle[n % cycle.length]),
        );

        const result = persevere(course.trial, course.options);

        await expect(result).rejects.toMatchObject({failureType: 'transient_error'});
        expect(course.sleptMs()).toBeGreaterThanOrEqual(600_000);
        expect(course.sleptMs()).toBeLessThan(634_000);
      }),
      {numRuns: 20},
    );
  });

  it('gives a refusal back at once', async () => {
    const course = courseOf([REFUSED]);

    const result = await persevere(course.trial, course.options);

    expect(result).toMatchObject({refusal: {errorClass: 'TABLE_OR_VIEW_NOT_FOUND'}});
    expect(course.sleptMs()).toBe(0);
  });

  it('takes what fails four times without a reason for a refusal', async () => {
    const course = courseOf(Array.from({length: 9}, () => UNCLEAR));

    const result = await persevere(course.trial, course.options);

    expect(result).toMatchObject({refusal: {message: 'java.io.IOException: x'}});
    expect(course.tries()).toBe(4);
  });

  it('gives a long statement five tries, though each may use up the patience', async () => {
    const course = courseOf(
      Array.from({length: 4}, () => CONFLICT),
      {tryMs: 900_000},
    );

    const result = await persevere(course.trial, course.options);

    expect(result).toEqual({value: 'done'});
  });

  it('renews a token without waiting, and believes the sixth refusal', async () => {
    const renewed = courseOf(Array.from({length: 5}, () => TOKEN));
    const refused = courseOf(Array.from({length: 6}, () => TOKEN));

    expect(await persevere(renewed.trial, renewed.options)).toEqual({value: 'done'});
    expect(renewed.sleptMs()).toBe(0);
    await expect(persevere(refused.trial, refused.options)).rejects.toMatchObject({
      failureType: 'config_error',
    });
  });

  it('gives up within two minutes where nothing ever worked', async () => {
    const course = courseOf(
      Array.from({length: 500}, () => LOST),
      {isKnown: false},
    );

    await expect(persevere(course.trial, course.options)).rejects.toThrow(/closed the/);
    expect(course.sleptMs()).toBeGreaterThanOrEqual(120_000);
    expect(course.sleptMs()).toBeLessThan(154_000);
  });
});

interface CourseOptions {
  /** How long each try takes. */
  readonly tryMs?: number;
  readonly isKnown?: boolean;
}

interface Course {
  readonly trial: Parameters<typeof persevere<string>>[0];
  readonly options: PersevereOptions;
  readonly tries: () => number;
  readonly sleptMs: () => number;
  readonly renewedSessions: () => number;
}

/** Work that fails so, one after the other, and then is done. */
function courseOf(
  faults: readonly unknown[],
  {tryMs = 0, isKnown = true}: CourseOptions = {},
): Course {
  let [nowMs, tries, sleptMs, renewedSessions] = [0, 0, 0, 0];
  const log = {error: silent, warn: silent, info: silent, debug: silent};
  const surroundings = {
    log,
    conceal: silent,
    nowMs: () => nowMs,
    random: () => 0.5,
    sleep: (ms: number) => {
      nowMs += ms;
      sleptMs += ms;
      return Promise.resolve();
    },
  };
  return {
    tries: () => tries,
    sleptMs: () => sleptMs,
    renewedSessions: () => renewedSessions,
    options: {
      host: 'h',
      httpPath: '/sql',
      surroundings,
      waits: new Waits(surroundings),
    },
    trial: {
      work: () => {
        nowMs += tryMs;
        tries += 1;
        const fault = faults[tries - 1];
        // As the driver does: not everything it throws is an Error.
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
        return fault === undefined ? Promise.resolve('done') : Promise.reject(fault);
      },
      renewSession: () => {
        renewedSessions += 1;
        return Promise.resolve();
      },
      renewToken: () => true,
      isKnown: () => isKnown,
    },
  };
}

function silent(): void {
  // Nobody listens.
}
