#!/usr/bin/env node
// A stream of the release before can no longer be read incrementally.
const {main} = require('./sound-source.cjs');
const {withStream} = require('./changes.cjs');

main({
  message: withStream('discovery', 'ticks', (stream) => ({
    ...stream,
    supported_sync_modes: ['full_refresh'],
  })),
});
