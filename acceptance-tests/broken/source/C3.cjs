#!/usr/bin/env node
// Gives no reason for its failure.
require('./sound-source.cjs').main({
  message: (message, given, command) => {
    if (command !== 'check' || message.trace?.type !== 'ERROR') return message;
    const {message: reason, ...error} = message.trace.error;
    return {...message, trace: {...message.trace, error}};
  },
});
