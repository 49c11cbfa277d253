#!/usr/bin/env node
// The level of a log is a number.
require('./sound-source.cjs').main({
  message: (message) =>
    message.type === 'CATALOG'
      ? [{type: 'LOG', log: {level: 30, message: 'Found all streams.'}}, message]
      : message,
});
