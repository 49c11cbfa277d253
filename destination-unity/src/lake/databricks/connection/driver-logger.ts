import type {Log} from 'airbyte-cdk-ts';

import {withoutQueries} from '../../../http/status-failure';

/** The driver's own words, kept from stdout: whoever debugs finds them in the log. */
export function driverLogger(log: Log): {
  log(level: string, message: string): void;
} {
  return {
    log: (level, message) => log.debug(`driver (${level}): ${withoutQueries(message)}`),
  };
}
