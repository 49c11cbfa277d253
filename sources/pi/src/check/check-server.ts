import {ConnectorError} from 'airbyte-cdk-ts';
import {z} from 'zod';

import type {PiHttp} from '../client/pi-http';

/** Version and limits of PI Web API, in a sentence. Not to be told them is no failure. */
export async function describeServer(pi: PiHttp): Promise<string> {
  const landing = await asked(pi, ['system'], Landing);
  const limits = await asked(pi, ['system', 'configuration'], Configuration);
  const name = landing?.ProductTitle ?? 'PI Web API';
  const version = landing?.ProductVersion ?? 'of an unknown version';
  const most = limits?.MaxReturnedItemsPerCall;
  const limit =
    most === undefined
      ? 'its limits are shown to administrators alone'
      : `at most ${most} values an answer`;
  return `${name} ${version}, ${limit}.`;
}

const Landing = z.looseObject({
  ProductTitle: z.string().nullish(),
  ProductVersion: z.string().nullish(),
});

const Configuration = z.looseObject({MaxReturnedItemsPerCall: z.int().nullish()});

async function asked<T extends z.ZodType>(
  pi: PiHttp,
  path: readonly string[],
  shape: T,
): Promise<z.output<T> | undefined> {
  try {
    return await pi.get({path}, shape);
  } catch (thrown) {
    if (thrown instanceof ConnectorError) return undefined;
    throw thrown;
  }
}
