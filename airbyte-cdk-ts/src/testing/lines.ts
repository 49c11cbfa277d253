import type {ConfiguredStream, StreamDescriptor} from '../protocol/catalog';
import {recordEnvelope, statusLine, streamStateLine} from '../protocol/messages';

export function configured(name: string, namespace?: string): ConfiguredStream {
  return {
    descriptor: namespace === undefined ? {name} : {name, namespace},
    jsonSchema: {},
    syncMode: 'incremental',
    destinationSyncMode: 'append',
    cursorField: [],
    primaryKey: [],
    generationId: undefined,
    minimumGenerationId: undefined,
    syncId: undefined,
  };
}

export function record(name: string, n: number): string {
  return recordOf({name}, n);
}

export function recordOf(stream: StreamDescriptor, n: number): string {
  const {head, tail} = recordEnvelope(stream, 0);
  return `${head}{"n":${n}}${tail}`;
}

export function state(name: string, number: number, records: number): string {
  return streamStateLine({name}, `{"number":${number}}`, records);
}

export function globalState(number: number): string {
  const global = {shared_state: {number}, stream_states: []};
  return `${JSON.stringify({type: 'STATE', state: {type: 'GLOBAL', global}})}\n`;
}

export function complete(name: string): string {
  return statusLine({stream: {name}, status: 'COMPLETE'}, 0);
}
