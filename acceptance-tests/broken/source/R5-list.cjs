#!/usr/bin/env node
// A key is a list.
const {main} = require('./sound-source.cjs');
const {withStream} = require('./changes.cjs');

main({
  message: withStream('basic_read', 'notes', (stream) => ({
    ...stream,
    source_defined_primary_key: [['words']],
  })),
});
