#!/usr/bin/env node
// Does not say why it cannot read what it was asked for.
require('./sound-source.cjs').main({
  message: (message, given, command) =>
    command === 'read' && given.catalog?.streams[0].sync_mode === 'INVALID'
      ? undefined
      : message,
});
