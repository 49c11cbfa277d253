import type {BasicReadTest} from '../../config/airbyte-config';
import {endOf, inside, messagesOfType} from '../../run/outcome';
import type {Stage} from '../../stage/stage';
import {unless, type Finding} from '../check';

/** A stream and modes that no source has. */
const CATALOG = {
  streams: [
    {
      stream: {
        name: '__AIRBYTE__stream_that_does_not_exist',
        json_schema: {type: 'object', properties: {f1: {type: 'string'}}},
        supported_sync_modes: ['full_refresh'],
      },
      sync_mode: 'INVALID',
      destination_sync_mode: 'INVALID',
    },
  ],
};

/** R10: what cannot be read is said in a TRACE ERROR, and the exit code is not 0. */
export async function badCatalogFindings(
  stage: Stage,
  {config_path: path, expect_trace_message_on_failure: isTraced}: BasicReadTest,
): Promise<readonly Finding[]> {
  const outcome = await stage.runner.run({
    command: 'read',
    config: {content: stage.document(path)},
    catalog: {content: CATALOG},
  });
  const traces = await messagesOfType(outcome, 'TRACE');
  const errors = traces.filter((each) => inside(each, 'trace', 'type') === 'ERROR');
  return [
    ...unless(
      errors.length > 0 || !isTraced,
      'no TRACE ERROR about a stream that does not exist',
    ),
    ...unless(
      outcome.exit !== 0,
      `a read of a stream that does not exist ${endOf(outcome)}`,
    ),
  ];
}
