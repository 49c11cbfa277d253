#!/usr/bin/env node
// Nothing is wrong with it; its plan calls a stream empty and gives no reason.
require('./sound-source.cjs').main();
