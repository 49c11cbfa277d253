#!/usr/bin/env node
// Counts are written as integers.
require('./sound-source.cjs').main({
  text: (line, {type}) =>
    type === 'STATE' ? line.replace(/("recordCount":\d+)\.0/, '$1') : line,
});
