#!/usr/bin/env node
// Begins anew at a state from the middle.
require('./sound-source.cjs').main({
  resumeAt: (position, name, {config}) =>
    config.note === 'incremental' && position < 40 ? 0 : position,
});
