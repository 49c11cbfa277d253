import {z} from 'zod';

import {piTimestamp} from './pi-timestamp';

/** An instant of a stored state. */
export const instant = z.string().transform((text, context) => {
  const parsed = piTimestamp(text);
  if (parsed !== undefined) return parsed;
  context.addIssue('not an instant');
  return z.NEVER;
});

/** A number of things. */
export const count = z.int().min(0);
