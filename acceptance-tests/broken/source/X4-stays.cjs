#!/usr/bin/env node
// Waits for ever for a reader that is gone.
const wait = () => setInterval(() => undefined, 1000);
require('./sound-source.cjs').main({
  begin: () => {
    process.stdout.removeAllListeners('error');
    process.stdout.on('error', wait);
    process.on('unhandledRejection', wait);
  },
});
