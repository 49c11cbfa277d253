#!/usr/bin/env node
// Brings everything, then ends as if it had failed.
require('./sound-source.cjs').main({
  exit: (code, command, {config, state}) =>
    command === 'read' && config.note === 'incremental' && !state ? 1 : code,
});
