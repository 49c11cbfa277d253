#!/usr/bin/env node
// A stream has no state.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const {state} = message;
    const name = state?.stream?.stream_descriptor.name;
    if (config?.note !== 'basic_read' || !(name === 'assets')) return message;
    return undefined;
  },
});
