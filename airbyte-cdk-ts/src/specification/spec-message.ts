import type {SchemaNode} from './schema-node';

/** Version of the Airbyte protocol that the connectors speak. */
const PROTOCOL_VERSION = '0.18.0';

/** What a SPEC message tells of a connector. */
export interface Specified {
  readonly documentationUrl: string;
  readonly changelogUrl?: string;
  /** What a configuration may hold, as Airbyte's form wants it. */
  readonly connectionSpecification: () => SchemaNode;
}

/** What can be said of a connector before anything of it is loaded. */
export interface About extends Specified {
  readonly name: string;
  readonly version: string;
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
  {documentationUrl, changelogUrl, connectionSpecification}: Specified,
  abilities: Record<string, unknown>,
): Record<string, unknown> {
  return {
    protocol_version: PROTOCOL_VERSION,
    documentationUrl,
    ...(changelogUrl === undefined ? {} : {changelogUrl}),
    ...abilities,
    connectionSpecification: connectionSpecification(),
  };
}
