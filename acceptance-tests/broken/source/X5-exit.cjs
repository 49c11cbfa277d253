#!/usr/bin/env node
// Ends with exit code 0 though a stream could not be read.
require('./sound-source.cjs').main({
  exit: (code, _command, {config}) =>
    config?.trouble?.startsWith('broken') ? 0 : code,
});
