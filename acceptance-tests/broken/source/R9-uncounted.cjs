#!/usr/bin/env node
// States do not say how many records they follow.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const {state} = message;
    const name = state?.stream?.stream_descriptor.name;
    if (config?.note !== 'basic_read' || !(name === 'assets')) return message;
    return {...message, state: {...state, sourceStats: undefined}};
  },
});
