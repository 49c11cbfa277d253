import {fieldAt} from '../../schema/walk';
import {streamName, type DiscoveredStream} from '../../stage/catalog';
import type {Stage} from '../../stage/stage';
import {all, error, unless, type Check} from '../check';
import {metadataOf} from '../metadata';

const FIELD = /^\$\{([^}]+)\}/;

const KEYS: Check = {
  id: 'A1',
  title: 'each stream has a primary key, or an excuse',
  kinds: ['source'],
  bypass: (stage) => stage.bypassed('connector_attributes'),
  run: (stage) =>
    all(stage.tests('connector_attributes'), async (test) => {
      const excused = test.streams_without_primary_key;
      const streams = await discovered(stage, test.config_path);
      return streams
        .filter((stream) => !hasKey(stream))
        .flatMap((stream) => {
          const excuse = excused.find(({name}) => name === stream.name);
          if (excuse === undefined) return [error(`${streamName(stream)} has no key`)];
          return unless(
            excuse.bypass_reason !== undefined || !stage.isStrict,
            `${stream.name} is excused from a key without a bypass_reason`,
          );
        });
    }),
};

const HOSTS: Check = {
  id: 'A2',
  title: 'the metadata says which hosts are reached',
  bypass: (stage) => withoutMetadata(stage) ?? excuse(stage, 'allowed_hosts'),
  run: async (stage) => {
    const hosts = metadataOf(stage)?.allowedHosts?.hosts ?? [];
    const schema = await stage.connectionSpecification();
    return [
      ...unless(hosts.length > 0, 'allowedHosts.hosts is empty'),
      ...hosts
        .map((host) => FIELD.exec(host)?.[1])
        .filter((field) => field !== undefined)
        .filter((field) => fieldAt(schema, field.split('.')) === undefined)
        .map((field) => error(`allowedHosts: the config has no field ${field}`)),
    ];
  },
};

const SUGGESTIONS: Check = {
  id: 'A3',
  title: 'the metadata suggests streams, and they are there',
  kinds: ['source'],
  bypass: (stage) => withoutMetadata(stage) ?? excuse(stage, 'suggested_streams'),
  run: async (stage) => {
    const suggested = metadataOf(stage)?.suggestedStreams?.streams ?? [];
    const [test] = stage.tests('connector_attributes');
    const streams = await discovered(stage, test?.config_path);
    const unknown = suggested.filter(
      (name) => !streams.some((stream) => stream.name === name),
    );
    return [
      ...unless(suggested.length > 0, 'suggestedStreams.streams is empty'),
      ...unknown.map((name) => error(`suggestedStreams: there is no stream ${name}`)),
    ];
  },
};

/** What a certified connector says of itself. */
export const ATTRIBUTES_CHECKS: readonly Check[] = [KEYS, HOSTS, SUGGESTIONS];

/** A test without a config takes that of discovery. */
function discovered(
  stage: Stage,
  configPath: string | undefined,
): Promise<readonly DiscoveredStream[]> {
  const path = configPath ?? stage.tests('discovery')[0]?.config_path;
  return path === undefined ? Promise.resolve<readonly []>([]) : stage.streams(path);
}

function hasKey({source_defined_primary_key: key}: DiscoveredStream): boolean {
  return key !== undefined && key !== null && key.length > 0;
}

function withoutMetadata(stage: Stage): string | undefined {
  if (stage.plan.own.metadata_path === undefined) return 'the plan names no metadata';
  return stage.bypassed('connector_attributes');
}

function excuse(
  stage: Stage,
  member: 'allowed_hosts' | 'suggested_streams',
): string | undefined {
  return stage.tests('connector_attributes')[0]?.[member]?.bypass_reason ?? undefined;
}
