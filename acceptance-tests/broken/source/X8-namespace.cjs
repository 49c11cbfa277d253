#!/usr/bin/env node
// Overlooks a state that lost its namespace.
require('./sound-source.cjs').main({
  begin: ({config, state}) => {
    if (config?.note !== 'own' || !Array.isArray(state)) return;
    for (const {stream} of state) {
      const {name, namespace} = stream?.stream_descriptor ?? {};
      if (name === 'alarms' && !namespace) delete stream.stream_state;
    }
  },
});
