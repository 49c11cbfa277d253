/**
 * Asks for everything that was recorded, as many at once as source-pi, and looks at
 * nothing: what the answer server can give. `drain-answers RECORDING ORIGIN`.
 */
import {once} from 'node:events';
import {Agent} from 'node:http';

import type {ReadingTask} from './reading-task';
import {respond, wanted} from './recorded-answers';

/** What it says in the end. */
export interface Drained {
  /** From the first question to the end of the last answer. */
  readonly wallSeconds: number;
}

const AT_ONCE = 4;

async function run({
  recording,
  origin,
}: Pick<ReadingTask, 'recording' | 'origin'>): Promise<void> {
  const agent = new Agent({keepAlive: true, maxSockets: AT_ONCE});
  const exchanges = wanted(recording);
  const start = performance.now();
  await Promise.all(
    exchanges.map(async (exchange) => {
      const answer = await respond(exchange, {origin, agent});
      answer.resume();
      await once(answer, 'end');
    }),
  );
  const drained: Drained = {wallSeconds: (performance.now() - start) / 1000};
  agent.destroy();
  process.stdout.write(JSON.stringify(drained));
}

const [, , recording = '', origin = ''] = process.argv;
void run({recording, origin});
