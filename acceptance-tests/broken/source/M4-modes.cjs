#!/usr/bin/env node
// Its page announces its sync modes in its own words.
require('./sound-source.cjs').main();
