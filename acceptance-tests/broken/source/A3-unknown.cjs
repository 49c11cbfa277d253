#!/usr/bin/env node
// Its metadata suggests a stream that is not there.
require('./sound-source.cjs').main();
