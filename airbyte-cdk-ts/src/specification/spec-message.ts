import type {z} from 'zod';

import {connectionSpecification} from './connection-specification';

/** Version of the Airbyte protocol that the connectors speak. */
const PROTOCOL_VERSION = '0.18.0';

/** What a SPEC message tells of a connector. */
export interface Specified {
  readonly documentationUrl: string;
  readonly changelogUrl?: string;
  readonly configSchema: z.ZodType;
}

/** What can be said of a connector before anything of it is loaded but its settings. */
export interface About<Config> extends Specified {
  readonly name: string;
  readonly version: string;
  readonly configSchema: z.ZodType<Config>;
}

/** What the SPEC message of a source carries. */
export function sourceSpec(connector: Specified): Record<string, unknown> {
  return spec(connector, {supportsIncremental: true});
}

/** What the SPEC message of a destination carries. */
export function destinationSpec(connector: Specified): Record<string, unknown> {
  return spec(connector, {
    supportsIncremental: true,
    supported_destination_sync_modes: ['append', 'overwrite', 'append_dedup'],
  });
}

function spec(
  {documentationUrl, changelogUrl, configSchema}: Specified,
  abilities: Record<string, unknown>,
): Record<string, unknown> {
  return {
    protocol_version: PROTOCOL_VERSION,
    documentationUrl,
    ...(changelogUrl === undefined ? {} : {changelogUrl}),
    ...abilities,
    connectionSpecification: connectionSpecification(configSchema),
  };
}
