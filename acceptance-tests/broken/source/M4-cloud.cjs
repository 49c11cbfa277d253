#!/usr/bin/env node
// Its page describes Airbyte Cloud in its own words.
require('./sound-source.cjs').main();
