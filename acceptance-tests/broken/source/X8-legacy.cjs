#!/usr/bin/env node
// Overlooks a LEGACY state.
require('./sound-source.cjs').main({
  begin: ({state}) => {
    if (state?.[0]?.type === 'LEGACY') delete state[0].data;
  },
});
