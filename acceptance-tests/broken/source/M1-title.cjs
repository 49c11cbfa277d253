#!/usr/bin/env node
// Its page bears another name.
require('./sound-source.cjs').main();
