#!/usr/bin/env node
// Does not know --debug.
if (process.argv.includes('--debug')) process.exit(2);
require('./sound-source.cjs').main();
