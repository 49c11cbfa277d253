import type {Command} from '../../run/runner';
import type {Stage} from '../../stage/stage';
import {SAMPLE} from './sample';

const STATES = 2000;
const RECORDS_PER_STATE = 10;
const TEXT = 'x'.repeat(2000);
const PADDING = 'y'.repeat(4000);

/** A write of some 50 MB whose states alone would fill a pipe many times over. */
export function flood(
  stage: Stage,
  configPath: string,
  more: Partial<Command>,
): Command {
  return {
    ...{command: 'write', ...more},
    config: {content: stage.document(configPath)},
    catalog: {content: SAMPLE.catalog},
    stdin: pieces(),
  };
}

function* pieces(): Generator<string> {
  const [started, record, state, complete] = SAMPLE.messages.map((message) =>
    JSON.stringify(message),
  );
  yield `${started}\n`;
  const row = `${record?.replace('"id":1', `"id":1,"text":"${TEXT}"`)}\n`;
  for (let position = 1; position <= STATES; position += 1) {
    const own = state
      ?.replace('"position":1', `"position":${position},"padding":"${PADDING}"`)
      .replace('"recordCount":1', `"recordCount":${RECORDS_PER_STATE}.0`);
    yield `${row.repeat(RECORDS_PER_STATE)}${own}\n`;
  }
  yield `${complete}\n`;
}
