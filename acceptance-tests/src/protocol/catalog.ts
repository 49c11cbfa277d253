import {FLAG, listOf, OBJECT, oneOfTexts, shape, TEXT} from './shapes';

// That a list of sync modes is not empty is a rule of its own, not a matter of shape.
const SYNC_MODES = listOf(oneOfTexts('full_refresh', 'incremental'));

const STREAM = shape(
  {name: TEXT, json_schema: OBJECT, supported_sync_modes: SYNC_MODES},
  {
    namespace: TEXT,
    source_defined_cursor: FLAG,
    default_cursor_field: listOf(TEXT),
    source_defined_primary_key: listOf(listOf(TEXT)),
    is_resumable: FLAG,
    is_file_based: FLAG,
  },
);

export const CATALOG = shape({streams: listOf(STREAM)});

export const DESTINATION_SYNC_MODE = oneOfTexts(
  ...['append', 'overwrite', 'append_dedup', 'update', 'soft_delete'],
);

const OPERATION = shape(
  {object_name: TEXT, sync_mode: DESTINATION_SYNC_MODE, json_schema: OBJECT},
  {matching_keys: listOf(listOf(TEXT))},
);

export const DESTINATION_CATALOG = shape({operations: listOf(OPERATION)});
