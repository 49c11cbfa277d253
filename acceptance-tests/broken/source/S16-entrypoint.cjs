#!/usr/bin/env node
// Its image tells the platform of another program than it starts.
require('./sound-source.cjs').main();
