#!/usr/bin/env node
// Its image says another version.
require('./sound-source.cjs').main();
