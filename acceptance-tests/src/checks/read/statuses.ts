import type {StatusFact, StreamAccount} from '../../reading/account';
import {streamName} from '../../stage/catalog';
import {error, unless, type Finding} from '../check';
import type {BasicRead} from './read-once';

/**
 * R8: each stream says STARTED before its first record, RUNNING as long as it brings
 * some, COMPLETE after its last one, and no stream says anything that was not asked for.
 */
export function statusFindings({catalog, account}: BasicRead): readonly Finding[] {
  const asked = catalog.streams.map(({stream}) => streamName(stream));
  const strangers = [...account.streams.values()].filter(
    ({name, statuses}) => statuses.length > 0 && !asked.includes(name),
  );
  return [
    ...asked.flatMap((name) => ofStream(name, account.streams.get(name))),
    ...strangers.map(({name}) =>
      error(`${name}: a status of a stream nobody asked for`),
    ),
  ];
}

function ofStream(name: string, stream: StreamAccount | undefined): readonly Finding[] {
  const first = stream?.statuses[0];
  const last = stream?.statuses.at(-1);
  if (stream === undefined || first === undefined || last === undefined) {
    return [error(`${name}: no STREAM_STATUS at all`)];
  }
  const between = stream.statuses.slice(1, -1);
  return [
    ...unless(
      first.status === 'STARTED',
      `${name}: the first status is ${said(first)}`,
    ),
    ...unless(
      first.afterRecords === 0,
      `${name}: ${first.afterRecords} records before the first status`,
    ),
    ...unless(last.status === 'COMPLETE', `${name}: the last status is ${said(last)}`),
    ...unless(
      last.afterRecords === stream.records,
      `${name}: ${stream.records - last.afterRecords} records after the last status`,
    ),
    ...unless(
      between.every(({status}) => status === 'RUNNING'),
      `${name}: between the first and the last status stands ${between.map(said).join()}`,
    ),
    ...unless(
      between.length > 0 || stream.records === 0,
      `${name}: records, but the status RUNNING never`,
    ),
  ];
}

function said({status}: StatusFact): string {
  return String(status);
}
