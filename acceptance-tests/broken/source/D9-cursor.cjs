#!/usr/bin/env node
// A stream of the release before has another cursor.
const {main} = require('./sound-source.cjs');
const {withStream} = require('./changes.cjs');

main({
  message: withStream('discovery', 'ticks', (stream) => ({
    ...stream,
    default_cursor_field: ['id'],
  })),
});
