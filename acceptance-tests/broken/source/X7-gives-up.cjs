#!/usr/bin/env node
// Fails where the server only asked it to wait.
require('./sound-source.cjs').main({
  exit: (code, _command, {config}) => (config?.trouble === 'rate limited' ? 1 : code),
});
