#!/usr/bin/env node
// Says nothing for a long time before it begins.
const {setTimeout: sleep} = require('node:timers/promises');
require('./sound-source.cjs').main({
  begin: ({config}) => (config?.trouble === 'rate limited' ? sleep(2500) : undefined),
});
