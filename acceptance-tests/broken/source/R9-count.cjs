#!/usr/bin/env node
// A state counts one record too many.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const {state} = message;
    const name = state?.stream?.stream_descriptor.name;
    if (
      config?.note !== 'basic_read' ||
      !(name === 'assets' && state.stream.stream_state.position === 20)
    )
      return message;
    return {...message, state: {...state, sourceStats: {recordCount: 11}}};
  },
});
