#!/usr/bin/env node
// Its image runs as root.
require('./sound-source.cjs').main();
