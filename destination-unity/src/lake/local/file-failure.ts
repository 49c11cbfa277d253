import {ConfigError, SystemError, type ConnectorError} from 'airbyte-cdk-ts';

const NOT_WRITABLE =
  'cannot be written. Give the connector the right to, or choose another path';
const FULL = 'is on a full disk. Make room there, then start again';
const IN_THE_WAY = 'has a file where a folder is needed. Choose another path';
const NO_LINKS =
  'is on a file system without hard links, where two writers could overwrite each ' +
  'other. Choose a path on a local disk';

/** What the operating system's refusals mean to the user. */
const TREATMENTS: Readonly<Record<string, string>> = {
  EACCES: NOT_WRITABLE,
  EPERM: NOT_WRITABLE,
  EROFS: NOT_WRITABLE,
  ENOSPC: FULL,
  EDQUOT: FULL,
  ENOTDIR: IN_THE_WAY,
  EEXIST: IN_THE_WAY,
  ENOTSUP: NO_LINKS,
  EOPNOTSUPP: NO_LINKS,
  EXDEV: NO_LINKS,
  ENAMETOOLONG: 'is too long a path. Choose a shorter path or table name',
};

/** Turns a refusal of the operating system into a failure whose class says who must act. */
export function fileFailure(thrown: unknown, target: string): ConnectorError {
  const code = refusalCode(thrown) ?? '';
  const options = {details: {code}, cause: thrown};
  const known = code === 'EPERM' && isLink(thrown) ? NO_LINKS : TREATMENTS[code];
  return known === undefined
    ? new SystemError(`The file system failed at ${target}.`, options)
    : new ConfigError(`${target} ${known}.`, options);
}

/** The operating system's name for what went wrong: `ENOENT`, .. */
export function refusalCode(thrown: unknown): string | undefined {
  return memberOf(thrown, 'code');
}

/** File systems without links answer "not permitted" to the attempt. */
function isLink(thrown: unknown): boolean {
  return memberOf(thrown, 'syscall') === 'link';
}

function memberOf(thrown: unknown, name: string): string | undefined {
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  const member: unknown = Reflect.get(thrown, name);
  return typeof member === 'string' ? member : undefined;
}
