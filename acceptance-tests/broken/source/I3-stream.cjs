#!/usr/bin/env node
// Nothing is wrong with it; its plan leaves a stream out of the future.
require('./sound-source.cjs').main();
