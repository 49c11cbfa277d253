#!/usr/bin/env node
// A stream of the release before has another primary key.
const {main} = require('./sound-source.cjs');
const {withStream} = require('./changes.cjs');

main({
  message: withStream('discovery', 'assets', (stream) => ({
    ...stream,
    source_defined_primary_key: [['name']],
  })),
});
