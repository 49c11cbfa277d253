import type kerberosModule from 'kerberos';

import {kerberosLibrary} from './kerberos-library';

const ABSENT = (): Promise<never> =>
  Promise.reject(new RangeError("Cannot find module '../build/Debug/kerberos.node'"));

describe('kerberosLibrary', () => {
  it('asks for a context in which both sides prove themselves', async () => {
    const asked: unknown[] = [];
    const module = {
      ...constants(),
      initializeClient: (...given: unknown[]) => {
        asked.push(...given);
        return Promise.resolve({
          contextComplete: false,
          step: () => Promise.resolve(''),
        });
      },
      checkPassword: (...given: unknown[]) => Promise.resolve(asked.push(...given)),
    } as typeof kerberosModule;
    const library = await kerberosLibrary({
      load: () => Promise.resolve({default: module}),
      loadCompiled: () => undefined,
    });

    await library.context('HTTP@pi');
    await library.checkPassword('svc@R', 'secret', 'R');

    expect(asked).toEqual([
      'HTTP@pi',
      {mechOID: 6, flags: 2 | 4 | 8},
      ...['svc@R', 'secret', 'krbtgt/R', 'R'],
    ]);
  });

  it('says that the module is missing', async () => {
    const loader = {
      load: ABSENT,
      loadCompiled: () => {
        throw new RangeError("Cannot find module 'kerberos/build/…'");
      },
    };

    await expect(kerberosLibrary(loader)).rejects.toMatchObject({
      failureType: 'config_error',
      details: {reason: 'KERBEROS_MODULE_MISSING'},
    });
  });

  it('says which library of the system is missing, which the module hides', async () => {
    const loader = {
      load: ABSENT,
      loadCompiled: () => {
        throw new RangeError(
          'Opening library libgssapi_krb5.so.2 failed: no such file',
        );
      },
    };

    await expect(kerberosLibrary(loader)).rejects.toThrow(
      'The library libgssapi_krb5.so.2',
    );
  });
});

function constants(): Partial<typeof kerberosModule> {
  return {
    GSS_C_MUTUAL_FLAG: 2,
    GSS_C_REPLAY_FLAG: 4,
    GSS_C_SEQUENCE_FLAG: 8,
    GSS_MECH_OID_SPNEGO: 6,
  };
}
