import {accountOf} from '../../reading/account';
import {outcomeOf, type Printed} from './printed.stand-in';
import type {BasicRead} from './read-once';
import {stateFindings} from './states';
import {statusFindings} from './statuses';

const stream_descriptor = {name: 'a'};
const record = {type: 'RECORD', record: {stream: 'a', data: {}, emitted_at: 1}};

describe('stateFindings', () => {
  it('take a GLOBAL state for the states of the streams it names', async () => {
    expect(await said(stateFindings, [record, global(['a'], 1)])).toEqual([]);
  });

  it('miss a stream that no GLOBAL state names, and records it does not count', async () => {
    expect(await said(stateFindings, [record, record, global(['b'], 1)])).toEqual([
      'a: no GLOBAL state names it',
      'the GLOBAL states count 1 of 2 records',
    ]);
  });

  it('miss the records after the last state', async () => {
    expect(await said(stateFindings, [record, state(1), record])).toEqual([
      'a: the STATEs count 1 of 2 records',
    ]);
  });

  it('refuse a state without type', async () => {
    const untyped = {...state(1).state, type: undefined};

    expect(
      await said(stateFindings, [record, {type: 'STATE', state: untyped}]),
    ).toEqual(['a: a STATE has no type STREAM']);
  });
});

describe('statusFindings', () => {
  const STARTED = status('STARTED');
  const RUNNING = status('RUNNING');
  const COMPLETE = status('COMPLETE');

  it('let a stream without records go from STARTED to COMPLETE', async () => {
    expect(await said(statusFindings, [STARTED, COMPLETE])).toEqual([]);
  });

  it('miss every status of a stream', async () => {
    expect(await said(statusFindings, [record])).toEqual([
      'a: no STREAM_STATUS at all',
    ]);
  });

  it('refuse a record after COMPLETE', async () => {
    expect(
      await said(statusFindings, [STARTED, record, RUNNING, COMPLETE, record]),
    ).toEqual(['a: 1 records after the last status']);
  });

  it('refuse what is neither at the begin nor at the end', async () => {
    expect(
      await said(statusFindings, [STARTED, record, RUNNING, STARTED, COMPLETE]),
    ).toEqual(['a: between the first and the last status stands RUNNING,STARTED']);
    expect(await said(statusFindings, [RUNNING, record, status('INCOMPLETE')])).toEqual(
      [
        'a: the first status is RUNNING',
        'a: the last status is INCOMPLETE',
        'a: records, but the status RUNNING never',
      ],
    );
  });
});

function state(recordCount: number) {
  return {
    type: 'STATE',
    state: {
      ...{type: 'STREAM', stream: {stream_descriptor, stream_state: {}}},
      sourceStats: {recordCount},
    },
  };
}

function global(names: readonly string[], recordCount: number) {
  const streams = names.map((name) => ({stream_descriptor: {name}, stream_state: {}}));
  const shared = {shared_state: {}, stream_states: streams};
  return {
    type: 'STATE',
    state: {type: 'GLOBAL', global: shared, sourceStats: {recordCount}},
  };
}

function status(name: string) {
  const trace = {
    type: 'STREAM_STATUS',
    stream_status: {stream_descriptor, status: name},
  };
  return {type: 'TRACE', trace};
}

/** What a judge says of a read that printed these messages. */
async function said(
  judge: typeof stateFindings,
  messages: Printed,
): Promise<readonly string[]> {
  const outcome = outcomeOf(messages);
  const account = await accountOf(outcome);
  const stream = {name: 'a', json_schema: {}};
  const configured = {
    stream,
    sync_mode: 'full_refresh',
    destination_sync_mode: 'append',
  };
  const read = {
    ...{account, outcome, catalog: {streams: [configured]}},
    findings: {R3: [], R4: [], R5: [], R6: [], R7: []},
  };
  return judge(read as BasicRead).map(({message}) => message);
}
