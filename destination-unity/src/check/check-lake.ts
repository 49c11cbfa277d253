import {ConfigError, SystemError, type Log} from 'airbyte-cdk-ts';

import type {Lake} from '../lake/lake';

interface Names {
  readonly catalog: string;
  readonly schema: string;
}

/** Names as the user wrote them, and as they stand in the lake. */
export interface CheckedNames {
  readonly asked: Names;
  readonly used: Names;
}

/**
 * Lets the lake try what a sync will do, and says where the tables will stand. Rejects
 * with the lake's failure, which names what is in the way.
 */
export async function checkLake(
  lake: Lake,
  {asked, used}: CheckedNames,
  log: Log,
): Promise<string> {
  for (const setting of ['catalog', 'schema'] as const) {
    const [name, written] = [asked[setting], used[setting]];
    if (written !== name)
      log.info(`The ${setting} "${name}" is written as "${written}".`);
  }
  const tried = await lake.check().catch((failure: unknown) => {
    throw asUsers(failure);
  });
  const place = `${used.catalog}.${used.schema}`;
  return `${tried} Tables of streams without a namespace go to ${place}.`;
}

/** What an operating system refuses at a folder is the user's to change, whatever it is. */
function asUsers(failure: unknown): unknown {
  const code = failure instanceof SystemError ? failure.details['code'] : undefined;
  if (!(failure instanceof SystemError) || typeof code !== 'string' || code === '') {
    return failure;
  }
  const message = `${failure.message} The system says ${code}. Choose another folder.`;
  return new ConfigError(message, {details: failure.details, cause: failure});
}
