/**
 * The answer server as a process of its own: `serve-answers FOLDER composed`, or
 * `serve-answers FOLDER replayed` for the recorded answers alone, as they came.
 */
import {startAnswerServer} from './answer-server';

const [, , folder = '', kind] = process.argv;
const onMiss = (request: string): void => {
  process.stderr.write(`not recorded: ${request}\n`);
};
void startAnswerServer(folder, {onMiss, composes: kind === 'composed'}).then(
  ({origin}) => {
    process.stdout.write(`${JSON.stringify({origin})}\n`);
  },
);
