#!/usr/bin/env node
// Nothing is wrong with it; its plan expects no record of one stream.
require('./sound-source.cjs').main();
