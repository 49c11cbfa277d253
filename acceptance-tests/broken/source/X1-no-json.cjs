#!/usr/bin/env node
// A library warns on standard output.
require('./sound-source.cjs').main({
  begin: ({command, say}) => command === 'read' && say('Warning: slow network.\n'),
});
