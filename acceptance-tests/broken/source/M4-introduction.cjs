#!/usr/bin/env node
// Its page begins in its own words.
require('./sound-source.cjs').main();
