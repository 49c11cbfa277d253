#!/usr/bin/env node
// Cannot open what has a space in its name.
if (process.argv.slice(2).some((each) => each.includes(' '))) process.exit(1);
require('./sound-source.cjs').main();
