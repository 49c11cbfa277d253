#!/usr/bin/env node
// Does without a field that it says it requires.
const STATUS = {type: 'CONNECTION_STATUS', connectionStatus: {status: 'SUCCEEDED'}};
require('./sound-source.cjs').main({
  message: (message, {config}, command) =>
    command === 'check' && config.access === undefined ? STATUS : message,
});
