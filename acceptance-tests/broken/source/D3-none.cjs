#!/usr/bin/env node
// A stream can be read incrementally, but has no default cursor.
const {main} = require('./sound-source.cjs');
const {withOneMore} = require('./changes.cjs');

main({
  message: withOneMore('discovery', {
    supported_sync_modes: ['full_refresh', 'incremental'],
    source_defined_cursor: true,
  }),
});
