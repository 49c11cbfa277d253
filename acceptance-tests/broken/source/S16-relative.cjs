#!/usr/bin/env node
// Its image looks for the program in the working folder.
require('./sound-source.cjs').main();
