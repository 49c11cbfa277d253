#!/usr/bin/env node
// A stream without a key, and without an excuse.
const {withStream} = require('./changes.cjs');
require('./sound-source.cjs').main({
  message: withStream('discovery', 'assets', (stream) => ({
    ...stream,
    source_defined_primary_key: [],
  })),
});
