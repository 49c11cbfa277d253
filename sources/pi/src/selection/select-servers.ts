import {ConfigError, TransientError} from 'airbyte-cdk-ts';

/** What can be named in the selection: a data server or an asset server. */
interface Named {
  readonly name: string;
}

/**
 * The servers a user named, or all of them. A name that PI does not know is a
 * `ConfigError` that lists the known ones: nothing wanted is ever left out in silence.
 */
export function selectNamed<T extends Named>(
  known: readonly T[],
  wanted: readonly string[],
  kind: string,
): readonly T[] {
  if (wanted.length === 0) return known;
  const byName = new Map(known.map((one) => [one.name.toUpperCase(), one]));
  const unknown = wanted.filter((name) => !byName.has(name.toUpperCase()));
  if (unknown.length > 0) {
    const names = known.map(({name}) => name).join(', ');
    throw new ConfigError(
      `PI Web API knows no ${kind} named ${unknown.join(', ')}, or hides it from the account. It shows: ${names === '' ? 'none' : names}.`,
    );
  }
  const chosen = new Set(wanted.map((name) => name.toUpperCase()));
  return known.filter(({name}) => chosen.has(name.toUpperCase()));
}

/** A server that is listed but not connected would look empty: it is a failure instead. */
export function requireConnected(
  servers: readonly (Named & {readonly connected: boolean})[],
  kind: string,
): void {
  const away = servers.filter(({connected}) => !connected).map(({name}) => name);
  if (away.length === 0) return;
  throw new TransientError(
    `PI Web API is not connected to the ${kind} ${away.join(', ')}: it is down, or the account has no mapping (trust) on it. To leave it out, name the servers to read in the selection.`,
  );
}
