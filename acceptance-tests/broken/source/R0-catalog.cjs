#!/usr/bin/env node
// Nothing is wrong with it; its plan names a catalog of its own for the read.
require('./sound-source.cjs').main();
