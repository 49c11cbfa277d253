#!/usr/bin/env node
// Its metadata allows no host.
require('./sound-source.cjs').main();
