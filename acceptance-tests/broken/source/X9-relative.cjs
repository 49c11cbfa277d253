#!/usr/bin/env node
// Looks for documents beside itself.
process.chdir(__dirname);
require('./sound-source.cjs').main();
