/** The answer server as a process of its own: `serve-answers FOLDER`. */
import {startAnswerServer} from './answer-server';

const folder = process.argv[2] ?? '';
const onMiss = (request: string): void => {
  process.stderr.write(`not recorded: ${request}\n`);
};
void startAnswerServer(folder, onMiss).then(({origin}) => {
  process.stdout.write(`${JSON.stringify({origin})}\n`);
});
