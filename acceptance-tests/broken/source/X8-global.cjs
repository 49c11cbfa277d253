#!/usr/bin/env node
// Overlooks a GLOBAL state.
require('./sound-source.cjs').main({
  begin: ({state}) => {
    if (state?.[0]?.type === 'GLOBAL') delete state[0].global;
  },
});
