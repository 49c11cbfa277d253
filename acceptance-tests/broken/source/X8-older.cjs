#!/usr/bin/env node
// Overlooks what version 1.0.0 called the position.
require('./sound-source.cjs').main({
  begin: ({state}) => {
    if (Array.isArray(state)) delete state[0]?.stream?.stream_state?.next;
  },
});
