#!/usr/bin/env node
// Prints its specification, then ends as if something were wrong.
require('./sound-source.cjs').main({
  exit: (code, command) => (command === 'spec' ? 1 : code),
});
