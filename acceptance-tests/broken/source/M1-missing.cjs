#!/usr/bin/env node
// Its page has no setup guide.
require('./sound-source.cjs').main();
