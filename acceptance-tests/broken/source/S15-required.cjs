#!/usr/bin/env node
// Requires what was left to the user.
require('./sound-source.cjs').main({
  specification: (schema) => {
    schema.required.push('note');
  },
  message: (message, {config}, command) =>
    command === 'check' && config.note === undefined
      ? {
          type: 'CONNECTION_STATUS',
          connectionStatus: {status: 'FAILED', message: 'No note.'},
        }
      : message,
});
