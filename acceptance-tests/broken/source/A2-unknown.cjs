#!/usr/bin/env node
// Its metadata takes a host from a field that the config does not have.
require('./sound-source.cjs').main();
