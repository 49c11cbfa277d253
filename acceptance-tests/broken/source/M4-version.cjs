#!/usr/bin/env node
// Its changelog does not tell of this version.
require('./sound-source.cjs').main();
