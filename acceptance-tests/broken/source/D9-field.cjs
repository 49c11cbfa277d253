#!/usr/bin/env node
// A field of the release before is gone.
const {main} = require('./sound-source.cjs');
const {withStream} = require('./changes.cjs');

main({
  message: withStream(
    'discovery',
    'notes',
    ({json_schema: {properties, ...schema}, ...stream}) => ({
      ...stream,
      json_schema: {...schema, properties: {text: properties.text}},
    }),
  ),
});
