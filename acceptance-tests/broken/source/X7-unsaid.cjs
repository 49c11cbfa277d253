#!/usr/bin/env node
// Waits without saying so.
require('./sound-source.cjs').main({
  message: (message) => (message.trace?.stream_status?.reasons ? [] : message),
});
