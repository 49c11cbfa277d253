#!/usr/bin/env node
// A stream of the release before has another namespace.
const {main} = require('./sound-source.cjs');
const {withStream} = require('./changes.cjs');

main({
  message: withStream('discovery', 'alarms', (stream) => ({
    ...stream,
    namespace: 'site',
  })),
});
