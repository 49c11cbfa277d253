import type {Command, CommandName} from '../../run/runner';
import {wholly, type ConfiguredCatalog} from '../../stage/catalog';
import type {Stage} from '../../stage/stage';

const SAMPLE_STREAM = {
  name: 'sample',
  json_schema: {type: 'object', properties: {id: {type: ['null', 'integer']}}},
  supported_sync_modes: ['full_refresh'],
} as const;

/** Enough of a catalog and an input for a destination to have something to do. */
export const SAMPLE = {
  catalog: {
    streams: wholly([SAMPLE_STREAM]).streams.map((stream) => ({
      ...stream,
      ...{generation_id: 1, minimum_generation_id: 0, sync_id: 1},
    })),
  } as ConfiguredCatalog,
  messages: [
    status('STARTED'),
    {
      type: 'RECORD',
      record: {stream: 'sample', emitted_at: 1_700_000_000_000, data: {id: 1}},
    },
    {
      type: 'STATE',
      state: {
        type: 'STREAM',
        stream: {stream_descriptor: {name: 'sample'}, stream_state: {position: 1}},
        sourceStats: {recordCount: 1},
      },
    },
    status('COMPLETE'),
  ],
} as const;

/** Standard input of messages. */
function lines(messages: Iterable<unknown>): readonly string[] {
  return [...messages].map((message) => `${JSON.stringify(message)}\n`);
}

interface Sampled {
  readonly config_path: string;
  readonly command: CommandName;
}

/** A plain run of any command with a config, whatever that leads to. */
export async function sampleCommand(
  stage: Stage,
  {config_path: path, command}: Sampled,
): Promise<Command> {
  const config = {content: stage.document(path)};
  if (command === 'read') {
    return {command, config, catalog: {content: wholly(await goodStreams(stage))}};
  }
  if (command === 'write') {
    const {catalog, messages} = SAMPLE;
    return {command, config, catalog: {content: catalog}, stdin: lines(messages)};
  }
  return {command, config};
}

/** The config that the plan says is well; undefined where it has none. */
export function goodConfigPath(stage: Stage): string | undefined {
  return stage.tests('connection').find(({status: wanted}) => wanted === 'succeed')
    ?.config_path;
}

async function goodStreams(stage: Stage): ReturnType<Stage['streams']> {
  const path = goodConfigPath(stage);
  return path === undefined ? [] : stage.streams(path);
}

function status(name: string): unknown {
  return {
    type: 'TRACE',
    trace: {
      type: 'STREAM_STATUS',
      emitted_at: 1_700_000_000_000,
      stream_status: {stream_descriptor: {name: 'sample'}, status: name},
    },
  };
}
