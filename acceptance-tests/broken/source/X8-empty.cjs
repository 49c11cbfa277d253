#!/usr/bin/env node
// Takes an empty object for a state that it cannot read.
require('./sound-source.cjs').main({
  exit: (code, _command, {state}) => (JSON.stringify(state) === '{}' ? 1 : code),
});
