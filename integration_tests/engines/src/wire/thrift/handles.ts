import {randomUUID} from 'node:crypto';

import {THandleIdentifier} from '@databricks/sql/thrift/TCLIService_types';

/** A handle nobody else has. The driver insists on a guid that is a valid UUID. */
export function newHandle(): THandleIdentifier {
  return new THandleIdentifier({guid: uuidBytes(), secret: uuidBytes()});
}

/** The guid as people write it: a key for books, and what error texts show. */
export function handleKey({guid}: THandleIdentifier): string {
  const hex = guid.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

function uuidBytes(): Buffer {
  return Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
}
