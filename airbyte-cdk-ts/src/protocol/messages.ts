import type {StreamDescriptor} from './catalog';
import {canonicalText, type Json, type JsonObject} from './json';

export type StreamStatus = 'STARTED' | 'RUNNING' | 'COMPLETE' | 'INCOMPLETE';

/** The answer of `check`. */
export interface ConnectionStatus {
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly message: string;
}

/** What a TRACE ERROR tells. Texts are already free of secrets. */
export interface ErrorTrace {
  readonly message: string;
  readonly internalMessage?: string;
  readonly stackTrace?: string;
  readonly failureType: string;
  readonly stream?: StreamDescriptor;
}

/** One message as a line: `type` first, ended by a line feed. */
export function messageLine(type: string, body: JsonObject): string {
  return `${JSON.stringify({type, ...body})}\n`;
}

export function logLine(level: string, message: string): string {
  return messageLine('LOG', {log: {level, message}});
}

/** @param emittedAtMs Epoch milliseconds. */
export function errorLine(error: ErrorTrace, emittedAtMs: number): string {
  return messageLine('TRACE', {
    trace: {
      type: 'ERROR',
      emitted_at: emittedAtMs,
      error: {
        message: error.message,
        internal_message: error.internalMessage,
        stack_trace: error.stackTrace,
        failure_type: error.failureType,
        stream_descriptor: error.stream && descriptorJson(error.stream),
      },
    },
  });
}

/** A stream's status at a time. */
export interface StatusTrace {
  readonly stream: StreamDescriptor;
  readonly status: StreamStatus;
  /** Epoch milliseconds until which a quota keeps the stream waiting. */
  readonly quotaResetMs?: number | undefined;
}

/** @param emittedAtMs Epoch milliseconds. */
export function statusLine(
  {stream, status, quotaResetMs}: StatusTrace,
  emittedAtMs: number,
): string {
  const reasons = quotaResetMs === undefined ? undefined : [rateLimited(quotaResetMs)];
  return messageLine('TRACE', {
    trace: {
      type: 'STREAM_STATUS',
      emitted_at: emittedAtMs,
      stream_status: {stream_descriptor: descriptorJson(stream), status, reasons},
    },
  });
}

function rateLimited(quotaResetMs: number): Json {
  return {type: 'RATE_LIMITED', rate_limited: {quota_reset: Math.round(quotaResetMs)}};
}

/**
 * A STATE of one stream with the number of records since its last one. The protocol
 * wants that number written as a double, which `JSON.stringify` cannot do.
 */
export function streamStateLine(
  stream: StreamDescriptor,
  stateText: string,
  recordCount: number,
): string {
  const descriptor = canonicalText(descriptorJson(stream));
  return (
    `{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":${descriptor},` +
    `"stream_state":${stateText}},"sourceStats":{"recordCount":${double(recordCount)}}}}\n`
  );
}

/** A whole number as JSON text of a double: `3.0`. */
export function double(count: number): string {
  return `${count}.0`;
}

/** What stands before and after the data of a RECORD line. */
export function recordEnvelope(
  {name, namespace}: StreamDescriptor,
  emittedAtMs: number,
): {readonly head: string; readonly tail: string} {
  const space =
    namespace === undefined ? '' : `"namespace":${JSON.stringify(namespace)},`;
  return {
    head:
      `{"type":"RECORD","record":{"stream":${JSON.stringify(name)},${space}` +
      `"emitted_at":${emittedAtMs},"data":`,
    tail: '}}\n',
  };
}

/** A descriptor as the wire has it: no namespace where there is none. */
export function descriptorJson({name, namespace}: StreamDescriptor): JsonObject {
  return namespace === undefined ? {name} : {name, namespace};
}
