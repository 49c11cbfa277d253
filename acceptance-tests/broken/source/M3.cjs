#!/usr/bin/env node
// Its page has a link that leads nowhere.
require('./sound-source.cjs').main();
