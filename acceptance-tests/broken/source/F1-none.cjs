#!/usr/bin/env node
// Brings no record where everything is read whole.
require('./sound-source.cjs').main({
  count: (count, name, {config}) => (config.note === 'full_refresh' ? 0 : count),
});
