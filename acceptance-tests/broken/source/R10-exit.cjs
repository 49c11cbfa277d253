#!/usr/bin/env node
// Ends with exit code 0 where it cannot read what it was asked for.
require('./sound-source.cjs').main({
  exit: (code, command, {config, catalog}) =>
    command === 'read' && catalog.streams[0].sync_mode === 'INVALID' ? 0 : code,
});
