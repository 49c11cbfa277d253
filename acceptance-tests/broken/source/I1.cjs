#!/usr/bin/env node
// Begins anew where the last read has brought everything.
require('./sound-source.cjs').main({
  resumeAt: (position, name, {config}) =>
    config.note === 'incremental' && position === 40 ? 0 : position,
});
