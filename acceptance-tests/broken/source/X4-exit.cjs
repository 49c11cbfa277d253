#!/usr/bin/env node
// Ends as if all were read when its reader is gone.
require('./sound-source.cjs').main({
  begin: () => {
    process.stdout.removeAllListeners('error');
    process.stdout.on('error', () => process.exit(0));
  },
});
