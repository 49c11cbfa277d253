import {ConfigError, SystemError, type Log} from 'airbyte-cdk-ts';

import type {Lake} from '../lake/lake';
import {plainObjectName} from '../table/names';

export interface CheckedNames {
  readonly catalog: string;
  readonly schema: string;
}

/**
 * Lets the lake try what a sync will do, and says where the tables will stand. Rejects
 * with the lake's failure, which names what is in the way.
 */
export async function checkLake(
  lake: Lake,
  names: CheckedNames,
  log: Log,
): Promise<string> {
  for (const [setting, name] of Object.entries(names) as [string, string][]) {
    const plain = plainObjectName(name);
    if (plain !== name) log.info(`The ${setting} "${name}" is written as "${plain}".`);
  }
  const tried = await lake.check().catch((failure: unknown) => {
    throw asUsers(failure);
  });
  const schema = `${plainObjectName(names.catalog)}.${plainObjectName(names.schema)}`;
  return `${tried} Tables of streams without a namespace go to ${schema}.`;
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
