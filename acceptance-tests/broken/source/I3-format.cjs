#!/usr/bin/env node
// Nothing is wrong with it; its plan says that cursors are instants.
require('./sound-source.cjs').main();
