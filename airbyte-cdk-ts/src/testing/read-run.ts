import type {Emitter} from '../output/emitter';
import type {ConfiguredStream} from '../protocol/catalog';
import type {JsonObject} from '../protocol/json';
import {ReadEngine, type ReadEngineOptions} from '../source/read-engine';
import type {AnySourceStream} from '../source/source-stream';
import {emitterStand} from './emitter-stand';
import {configured} from './lines';

export async function read(
  streams: readonly AnySourceStream[],
  more: Partial<ReadEngineOptions> = {},
  names: readonly string[] = streams.map(({declaration}) => declaration.name),
): Promise<{
  lines: readonly string[];
  states: readonly JsonObject[];
  isComplete: boolean;
}> {
  const stand = emitterStand();
  const catalog = names.map((name) => configured(name));
  const isComplete = await new ReadEngine(options(stand, more, catalog)).read(streams);
  return {lines: await stand.lines(), states: await stand.states(), isComplete};
}

export function options(
  {emitter}: {readonly emitter: Emitter},
  more: Partial<ReadEngineOptions>,
  streams: readonly ConfiguredStream[],
): ReadEngineOptions {
  return {
    emitter,
    catalog: {streams},
    states: new Map(),
    concurrency: 2,
    checkpointIntervalMs: 30_000,
    progressIntervalMs: 10_000,
    clockMs: () => 0,
    every: () => () => undefined,
    checkMemory: () => undefined,
    signal: new AbortController().signal,
    ...more,
  };
}
