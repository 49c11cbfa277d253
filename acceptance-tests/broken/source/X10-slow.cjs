#!/usr/bin/env node
// Takes its time.
const {setTimeout: sleep} = require('node:timers/promises');
require('./sound-source.cjs').main({
  begin: ({config, catalog, state}) =>
    catalog && !state && config.note === 'own' ? sleep(400) : undefined,
});
