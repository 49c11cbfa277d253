#!/usr/bin/env node
// Overlooks a state that is in no list.
require('./sound-source.cjs').main({
  begin: ({state}) => {
    if (state?.type === 'STREAM') delete state.stream;
  },
});
