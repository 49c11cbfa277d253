import {ConfigError, type JsonObject} from 'airbyte-cdk-ts';
import {z} from 'zod';

/** Reads a state that an earlier sync wrote; a `ConfigError` names the damaged part. */
export function parseState<T extends z.ZodType>(
  stored: JsonObject,
  shape: T,
  stream: string,
): z.output<T> {
  const parsed = shape.safeParse(stored);
  if (parsed.success) return parsed.data;
  const issue = z.prettifyError(parsed.error).replaceAll(/\s+/g, ' ').slice(0, 300);
  throw new ConfigError(
    `The stored state of the stream ${stream} cannot be read. Clear the state of this stream, so that it is read anew.`,
    {details: {issue}},
  );
}
