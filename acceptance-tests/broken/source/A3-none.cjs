#!/usr/bin/env node
// Its metadata suggests no stream.
require('./sound-source.cjs').main();
