#!/usr/bin/env node
// The first record of a stream comes before STARTED.
let held;
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const {stream_descriptor: stream, status} = message.trace?.stream_status ?? {};
    if (config?.note !== 'basic_read') return message;
    if (stream?.name === 'assets' && status === 'STARTED') held = message;
    if (held === message) return undefined;
    const late = held === undefined ? [] : [held];
    held = undefined;
    return [message, ...late];
  },
});
