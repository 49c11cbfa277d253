import {parentPort, workerData} from 'node:worker_threads';

import type {EngineAnswer, EngineOptions, EngineRequest} from './encoder-protocol';
import {Engine} from './engine';

/** The thread in which the engine lives: one request at a time, one answer for each. */
async function serve(port: NonNullable<typeof parentPort>): Promise<void> {
  const engine = await Engine.open(workerData as EngineOptions);
  let turn = Promise.resolve();
  port.on('message', (request: EngineRequest) => {
    turn = turn.then(async () => {
      port.postMessage(await answer(engine, request));
      if (request.kind === 'close') port.close();
    });
  });
}

async function answer(engine: Engine, request: EngineRequest): Promise<EngineAnswer> {
  try {
    return await perform(engine, request);
  } catch (cause) {
    return {
      kind: 'failed',
      message: cause instanceof Error ? cause.message : String(cause),
    };
  }
}

async function perform(engine: Engine, request: EngineRequest): Promise<EngineAnswer> {
  switch (request.kind) {
    case 'encode':
      return {kind: 'file', file: await engine.encode(request)};
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
