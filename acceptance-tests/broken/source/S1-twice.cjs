#!/usr/bin/env node
// Prints its specification twice.
require('./sound-source.cjs').main({
  message: (message) => (message.type === 'SPEC' ? [message, message] : message),
});
