import {parentPort, workerData} from 'node:worker_threads';

import {arrangeBatch} from './arranged-batch';
import type {
  EncodeRequest,
  EngineAnswer,
  EngineOptions,
  EngineRequest,
} from './encoder-protocol';
import {Engine} from './engine';

/** Does what was asked, when its turn has come. */
type Deed = () => Promise<EngineAnswer>;

/** The thread in which the engine lives: one request at a time, one answer for each. */
async function serve(port: NonNullable<typeof parentPort>): Promise<void> {
  const engine = await Engine.open(workerData as EngineOptions);
  let turn = Promise.resolve();
  port.on('message', (request: EngineRequest) => {
    const deed = deedOf(engine, request);
    turn = turn.then(async () => {
      port.postMessage(await deed().catch(failed));
      if (request.kind === 'close') port.close();
    });
  });
}

function failed(cause: unknown): EngineAnswer {
  const message = cause instanceof Error ? cause.message : String(cause);
  return {kind: 'failed', message};
}

/** A batch is arranged as soon as it is here: the engine is busy with the one before. */
function deedOf(engine: Engine, request: EngineRequest): Deed {
  if (request.kind !== 'encode') return () => perform(engine, request);
  try {
    const arranged = arrangeBatch(request);
    return async () => ({
      kind: 'file',
      file: await engine.encode(arranged, request.path),
    });
  } catch (cause) {
    return () => Promise.resolve(failed(cause));
  }
}

async function perform(
  engine: Engine,
  request: Exclude<EngineRequest, EncodeRequest>,
): Promise<EngineAnswer> {
  switch (request.kind) {
    case 'copy':
      return {kind: 'file', file: await engine.copy(request)};
    case 'query':
      return {kind: 'rows', rows: await engine.query(request.sql)};
    case 'run':
      await engine.run(request.sql);
      return {kind: 'done'};
    case 'close':
      engine.close();
      return {kind: 'done'};
  }
}

if (parentPort !== null) void serve(parentPort);
