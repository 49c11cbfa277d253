#!/usr/bin/env node
// Its page does not say who signs in.
require('./sound-source.cjs').main();
