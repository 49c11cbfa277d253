#!/usr/bin/env node
// Invents a type of message.
require('./sound-source.cjs').main({
  message: (message) =>
    message.type === 'CATALOG'
      ? [{type: 'HEARTBEAT', heartbeat: {}}, message]
      : message,
});
