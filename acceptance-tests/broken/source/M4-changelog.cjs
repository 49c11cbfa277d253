#!/usr/bin/env node
// Its changelog cannot be folded.
require('./sound-source.cjs').main();
