/**
 * The floor: what a source costs at least that parses with `JSON.parse`. It knows its
 * requests beforehand and makes each line of one template; there are no retries, states,
 * selections or checks. `floor-source TASK.json`.
 */
import {LineWriter} from './line-writer';
import {readingTask, type ReadingTask} from './reading-task';
import {recordedAnswers} from './recorded-answers';

async function run({recording, origin, points, end}: ReadingTask): Promise<void> {
  const writer = new LineWriter(points, end);
  for await (const streams of recordedAnswers(recording, origin)) {
    for (const stream of streams) writer.write(stream);
  }
  writer.flush();
}

void run(readingTask(process.argv[2] ?? ''));
