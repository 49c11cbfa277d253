import {CATALOG, DESTINATION_CATALOG} from './catalog';
import {
  listOf,
  NUMBER,
  OBJECT,
  oneOfTexts,
  shape,
  TEXT,
  WHOLE_NUMBER,
  type Shape,
} from './shapes';
import {SPECIFICATION} from './specification';
import {STATE} from './state';
import {TRACE} from './trace';

const CHANGE = shape({
  field: TEXT,
  change: oneOfTexts('NULLED', 'TRUNCATED'),
  reason: oneOfTexts(
    'SOURCE_RECORD_SIZE_LIMITATION',
    'SOURCE_FIELD_SIZE_LIMITATION',
    'SOURCE_SERIALIZATION_ERROR',
    'SOURCE_RETRIEVAL_ERROR',
    'PLATFORM_RECORD_SIZE_LIMITATION',
    'PLATFORM_FIELD_SIZE_LIMITATION',
    'PLATFORM_SERIALIZATION_ERROR',
    'DESTINATION_RECORD_SIZE_LIMITATION',
    'DESTINATION_FIELD_SIZE_LIMITATION',
    'DESTINATION_SERIALIZATION_ERROR',
    'DESTINATION_TYPECAST_ERROR',
  ),
});

const RECORD = shape(
  {stream: TEXT, data: OBJECT, emitted_at: WHOLE_NUMBER},
  {
    namespace: TEXT,
    meta: shape({}, {changes: listOf(CHANGE)}),
    file_reference: shape({
      staging_file_url: TEXT,
      source_file_relative_path: TEXT,
      file_size_bytes: WHOLE_NUMBER,
    }),
  },
);

const LOG = shape(
  {
    level: oneOfTexts('FATAL', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE'),
    message: TEXT,
  },
  {stack_trace: TEXT},
);

const CONTROL = shape(
  {type: oneOfTexts('CONNECTOR_CONFIG'), emitted_at: NUMBER},
  {connectorConfig: shape({config: OBJECT})},
);

const CONNECTION_STATUS = shape(
  {status: oneOfTexts('SUCCEEDED', 'FAILED')},
  {message: TEXT},
);

/** The payload's member of each type of message of protocol 0.18, and its shape. */
export const PAYLOADS: Readonly<Record<string, readonly [string, Shape]>> = {
  RECORD: ['record', RECORD],
  STATE: ['state', STATE],
  LOG: ['log', LOG],
  SPEC: ['spec', SPECIFICATION],
  CONNECTION_STATUS: ['connectionStatus', CONNECTION_STATUS],
  CATALOG: ['catalog', CATALOG],
  TRACE: ['trace', TRACE],
  CONTROL: ['control', CONTROL],
  DESTINATION_CATALOG: ['destination_catalog', DESTINATION_CATALOG],
};
