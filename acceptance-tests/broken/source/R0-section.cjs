#!/usr/bin/env node
// Nothing is wrong with it; its plan has no section for full refreshes.
require('./sound-source.cjs').main();
