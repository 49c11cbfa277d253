import type {Message} from '../run/outcome';
import {faultOf} from './validate';

const DESCRIPTOR = {name: 'ticks', namespace: null};
const STATUS = {stream_descriptor: DESCRIPTOR, status: 'STARTED', reasons: null};
const STREAM = {
  ...{name: 'ticks', json_schema: {}, supported_sync_modes: ['full_refresh']},
  later_member: true,
};

const record = (more: object = {}): Message => ({
  type: 'RECORD',
  record: {stream: 'ticks', data: {}, emitted_at: 1, ...more},
});
const trace = (more: object): Message => ({
  type: 'TRACE',
  trace: {emitted_at: 1.5, ...more},
});
const state = (content: object): Message => ({type: 'STATE', state: content});

const SOUND: readonly (readonly [string, Message])[] = [
  ['a record', record()],
  ['a record with unknown and null members', record({meta: null, later_member: 1})],
  ['a change', record({meta: {changes: [change('SOURCE_RETRIEVAL_ERROR')]}})],
  ['a stream status', trace({type: 'STREAM_STATUS', stream_status: STATUS})],
  ['an estimate', trace({type: 'ESTIMATE', estimate: {name: 'a', type: 'SYNC'}})],
  ['a state', state({type: 'STREAM', stream: {stream_descriptor: DESCRIPTOR}})],
  ['a global state', state({type: 'GLOBAL', global: {stream_states: []}})],
  ['a state of no type', state({data: {}})],
  ['a catalog', {type: 'CATALOG', catalog: {streams: [STREAM]}}],
  ['a log', {type: 'LOG', log: {level: 'INFO', message: 'Begun.'}}],
  ['a specification', {type: 'SPEC', spec: {connectionSpecification: {}}}],
];

const BROKEN: readonly (readonly [string, Message])[] = [
  ['an unknown type', {type: 'RECROD', record: {}}],
  ['no type', {record: {}}],
  ['no payload', {type: 'RECORD'}],
  ['a payload that is null', {type: 'RECORD', record: null}],
  ['a record without data', record({data: null})],
  ['a record whose time is text', record({emitted_at: '1'})],
  ['a record with a broken time', record({emitted_at: 1.5})],
  ['an invented reason of a change', record({meta: {changes: [change('TIRED')]}})],
  ['an unknown status', trace({type: 'STREAM_STATUS', stream_status: succeeded()})],
  ['a trace of a type without its member', trace({type: 'ERROR'})],
  ['an error of an unknown kind', trace({type: 'ERROR', error: {...failure()}})],
  ['a STREAM state without stream', state({type: 'STREAM', data: {}})],
  ['a count that is text', state({data: {}, sourceStats: {recordCount: '3'}})],
  ['a status that is neither', {type: 'CONNECTION_STATUS', connectionStatus: 'OK'}],
  ['a stream without sync modes', {type: 'CATALOG', catalog: {streams: [{name: 'a'}]}}],
  ['a log of an unknown level', {type: 'LOG', log: {level: 'NOTE', message: ''}}],
];

describe('the model of the protocol', () => {
  it.each(SOUND)('takes %s', (_name, message) => {
    expect(faultOf(message)).toBeUndefined();
  });

  it.each(BROKEN)('objects to %s', (_name, message) => {
    expect(faultOf(message)).toEqual(expect.any(String));
  });

  it('names the place of the fault', () => {
    expect(faultOf(record({emitted_at: '1'}))).toBe(
      'RECORD: record.emitted_at must be integer',
    );
  });
});

function change(reason: string): object {
  return {field: 'value', change: 'NULLED', reason};
}

function succeeded(): object {
  return {...STATUS, status: 'SUCCEEDED'};
}

function failure(): object {
  return {message: 'No.', failure_type: 'oops'};
}
