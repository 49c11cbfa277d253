#!/usr/bin/env node
// Says SUCCEEDED twice.
require('./sound-source.cjs').main({
  message: (message) =>
    message.connectionStatus?.status === 'SUCCEEDED' ? [message, message] : message,
});
