#!/usr/bin/env node
// A stream of the release before is no longer resumable.
const {main} = require('./sound-source.cjs');
const {withStream} = require('./changes.cjs');

main({
  message: withStream('discovery', 'ticks', (stream) => ({
    ...stream,
    is_resumable: false,
  })),
});
