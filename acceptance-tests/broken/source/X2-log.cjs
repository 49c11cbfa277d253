#!/usr/bin/env node
// Logs the whole config when it begins to read.
require('./sound-source.cjs').main({
  begin: ({command, config, say}) => {
    const log = {level: 'DEBUG', message: JSON.stringify(config)};
    return command === 'read' && say(`${JSON.stringify({type: 'LOG', log})}\n`);
  },
});
