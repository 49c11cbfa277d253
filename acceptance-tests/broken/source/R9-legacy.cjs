#!/usr/bin/env node
// A state is of the old kind.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const {state} = message;
    const name = state?.stream?.stream_descriptor.name;
    if (
      config?.note !== 'basic_read' ||
      !(name === 'assets' && state.stream.stream_state.position === 40)
    )
      return message;
    return [
      message,
      {type: 'STATE', state: {type: 'LEGACY', data: {assets: {position: 40}}}},
    ];
  },
});
