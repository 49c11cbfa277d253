import type kerberosModule from 'kerberos';
import {createRequire} from 'node:module';

import {kerberosFailure} from './kerberos-failure';

/** One sign-in under way. Steps run beside the event loop and may ask a KDC. */
export interface GssContext {
  /** True once each side has proved itself to the other. */
  readonly contextComplete: boolean;
  /**
   * Takes the other side's token (none at first) and makes ours, both in base64. Rejects
   * with the library's own words, also those that the other side put into its token.
   */
  step(token: string): Promise<string>;
}

/** What is used of MIT's library. */
export interface KerberosLibrary {
  /**
   * A context by SPNEGO in which the service must prove itself too, for the one account in
   * the keytab. To name that account would make the library renew tickets twice over.
   */
  context(service: string): Promise<GssContext>;
  /** Rejects with the reason where the KDC does not take the password. */
  checkPassword(principal: string, password: string, realm: string): Promise<unknown>;
}

/** How the module is reached, apart from what is made of it. */
export interface ModuleLoader {
  readonly load: () => Promise<{readonly default: typeof kerberosModule}>;
  /** Loads the compiled part alone, which says in its own words what it lacks. */
  readonly loadCompiled: () => void;
}

const installed: ModuleLoader = {
  load: () => import('kerberos'),
  loadCompiled: () => {
    createRequire(__filename)('kerberos/build/Release/kerberos.node');
  },
};

/**
 * Loads the module `kerberos`, which only this method needs. Rejects with a `ConfigError`
 * that says what to install.
 */
export async function kerberosLibrary(
  loader: ModuleLoader = installed,
): Promise<KerberosLibrary> {
  const kerberos = await loaded(loader);
  const mechOID = kerberos.GSS_MECH_OID_SPNEGO;
  const flags =
    kerberos.GSS_C_MUTUAL_FLAG |
    kerberos.GSS_C_REPLAY_FLAG |
    kerberos.GSS_C_SEQUENCE_FLAG;
  return {
    context: (service) => kerberos.initializeClient(service, {mechOID, flags}),
    checkPassword: (principal, password, realm) =>
      kerberos.checkPassword(principal, password, `krbtgt/${realm}`, realm),
  };
}

async function loaded({
  load,
  loadCompiled,
}: ModuleLoader): Promise<typeof kerberosModule> {
  try {
    return (await load()).default;
  } catch {
    throw missing(loadCompiled);
  }
}

/** The package hides which of the two is missing behind a name of its own. */
function missing(loadCompiled: () => void): Error {
  try {
    loadCompiled();
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message : '';
    const library = /Opening library (\S+) failed/.exec(said)?.[1];
    if (library !== undefined)
      return kerberosFailure('KERBEROS_LIBRARY_MISSING', {library});
  }
  return kerberosFailure('KERBEROS_MODULE_MISSING');
}
