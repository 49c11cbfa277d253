import {ConfigError} from 'airbyte-cdk-ts';

import type {Refusal, Warehouse} from '../warehouse';

/** A statement of a check that was refused, with all that was said against it. */
export class RefusedStatement extends ConfigError {
  constructor(readonly refusal: Refusal) {
    super(firstLine(refusal.message));
  }
}

/** The warehouse, with refusals told to the check instead of to the user. */
export function tellingWarehouse(warehouse: Warehouse): Warehouse {
  return {
    attempt: (sql) => warehouse.attempt(sql),
    run: async (sql) => {
      const outcome = await warehouse.attempt(sql);
      if (outcome.kind === 'refused') throw new RefusedStatement(outcome.refusal);
      return outcome.rows;
    },
    put: (localFile, volumePath) => warehouse.put(localFile, volumePath),
    close: () => warehouse.close(),
  };
}

const LONGEST_QUOTE = 400;

/** Behind the first line, warehouses like to show plans and stacks. */
function firstLine(message: string): string {
  return (message.trim().split('\n')[0] ?? '').slice(0, LONGEST_QUOTE);
}
