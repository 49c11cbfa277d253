#!/usr/bin/env node
// Knows JSON by the end of its name.
const documents = process.argv.slice(3).filter((each) => !each.startsWith('--'));
if (documents.some((each) => !each.endsWith('.json'))) process.exit(1);
require('./sound-source.cjs').main();
