#!/usr/bin/env node
// Its page does not name a required field among the prerequisites.
require('./sound-source.cjs').main();
