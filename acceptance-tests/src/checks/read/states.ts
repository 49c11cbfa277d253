import type {ReadAccount, StateFact} from '../../reading/account';
import {inside, type Message} from '../../run/outcome';
import {streamName} from '../../stage/catalog';
import {error, unless, type Finding} from '../check';
import type {BasicRead} from './read-once';

/**
 * R9: each stream has a STATE, even one without records; no state is of the old kinds;
 * each counts the records since the one before, as a double, and none is uncounted.
 */
export function stateFindings({catalog, account}: BasicRead): readonly Finding[] {
  const names = catalog.streams.map(({stream}) => streamName(stream));
  const isGlobal = account.otherStates.some(({type}) => type === 'GLOBAL');
  return [
    ...account.otherStates.flatMap(oldKind),
    ...(isGlobal
      ? globalFindings(names, account)
      : names.flatMap((name) => streamFindings(name, account))),
  ];
}

function oldKind({type}: Message): readonly Finding[] {
  return unless(type === 'GLOBAL', `a STATE is of type ${String(type)}`);
}

function streamFindings(
  name: string,
  {streams}: Pick<ReadAccount, 'streams'>,
): readonly Finding[] {
  const {states = [], records = 0} = streams.get(name) ?? {};
  if (states.length === 0) return [error(`${name}: no STATE at all`)];
  const wrong = states.findIndex(
    ({recordCount, recordsSince}) =>
      recordCount !== undefined && recordCount !== recordsSince,
  );
  const counted = states.reduce((sum, {recordCount = 0}) => sum + recordCount, 0);
  const since = states[wrong];
  return [
    ...unless(
      states.every(({type}) => type === 'STREAM'),
      `${name}: a STATE has no type STREAM`,
    ),
    ...form(name, states),
    ...(since === undefined
      ? []
      : [
          error(
            `${name}: STATE ${wrong + 1} counts ${since.recordCount ?? 0} records after ` +
              `${since.recordsSince}`,
          ),
        ]),
    ...unless(
      counted === records || since !== undefined,
      `${name}: the STATEs count ${counted} of ${records} records`,
    ),
  ];
}

function form(name: string, states: readonly StateFact[]): readonly Finding[] {
  const uncounted = states.filter(({recordCount}) => recordCount === undefined).length;
  const whole = states.filter(
    ({recordCount, isDouble}) => recordCount !== undefined && !isDouble,
  ).length;
  return [
    ...unless(
      uncounted === 0,
      `${name}: ${uncounted} STATEs have no sourceStats.recordCount`,
    ),
    ...unless(
      whole === 0,
      `${name}: ${whole} recordCounts are not written as a double`,
    ),
  ];
}

/** A GLOBAL state names every stream, and counts all records together. */
function globalFindings(
  names: readonly string[],
  {otherStates, records}: ReadAccount,
): readonly Finding[] {
  const states = otherStates.filter(({type}) => type === 'GLOBAL');
  const named = new Set(states.flatMap(namesIn));
  const counted = states
    .map((state) => Number(inside(state, 'sourceStats', 'recordCount')))
    .reduce((sum, count) => sum + count, 0);
  return [
    ...names
      .filter((name) => !named.has(name))
      .map((name) => error(`${name}: no GLOBAL state names it`)),
    ...unless(
      counted === records,
      `the GLOBAL states count ${counted} of ${records} records`,
    ),
  ];
}

function namesIn(state: Message): readonly string[] {
  const streams = inside(state, 'global', 'stream_states');
  return (Array.isArray(streams) ? (streams as readonly unknown[]) : []).map((each) =>
    streamName(inside(each, 'stream_descriptor') as {readonly name: string}),
  );
}
