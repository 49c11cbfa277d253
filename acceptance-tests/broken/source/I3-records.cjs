#!/usr/bin/env node
// Begins anew at a state of the far future.
require('./sound-source.cjs').main({
  resumeAt: (position) => (position > 1000 ? 0 : position),
});
