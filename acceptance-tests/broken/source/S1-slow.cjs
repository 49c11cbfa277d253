#!/usr/bin/env node
// Takes longer than the plan beside it allows.
require('./sound-source.cjs').main();
