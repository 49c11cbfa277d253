import type {JsonObject} from 'airbyte-cdk-ts';

const STRING = {type: ['null', 'string']};
const INTEGER = {type: ['null', 'integer']};
const BOOLEAN = {type: ['null', 'boolean']};

/** JSON Schema of a record of `timeseries`. */
export const TIMESERIES_SCHEMA: JsonObject = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  additionalProperties: true,
  properties: {
    tag_webid: {
      type: 'string',
      description: 'WebID 2.0 (IDOnly) of the point, the same after a rename.',
    },
    tag_name: {...STRING, description: 'Name of the point when it was read.'},
    timestamp: {
      type: 'string',
      format: 'date-time',
      airbyte_type: 'timestamp_with_timezone',
      description: 'Time of the event, UTC, in steps of 100 ns.',
    },
    sequence: {
      type: 'integer',
      description: 'Ordinal among the events of the point at this timestamp.',
    },
    value: {type: ['null', 'number'], description: 'Numeric value.'},
    value_string: {
      ...STRING,
      description:
        'Text of string and timestamp points, base64 of a blob, JSON of an array, and ' +
        'NaN or Infinity where a numeric point holds one.',
    },
    digital_code: {...INTEGER, description: 'Number of a digital or system state.'},
    digital_name: {...STRING, description: 'Name of a digital or system state.'},
    value_kind: {
      ...STRING,
      description:
        'number, string, digital, system_state, timestamp, blob, array or error.',
    },
    quality_good: {...BOOLEAN, description: 'Good; null where PI does not say.'},
    quality_questionable: {...BOOLEAN, description: 'PI doubts the value.'},
    quality_substituted: {...BOOLEAN, description: 'Changed after it was stored.'},
    quality_annotated: {...BOOLEAN, description: 'Has annotations.'},
    units: {...STRING, description: 'Engineering units of the value or the point.'},
    error: {...STRING, description: 'Why PI could not give the value.'},
  },
};
