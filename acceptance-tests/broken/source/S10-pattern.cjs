#!/usr/bin/env node
// A pattern for dates without the format.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    delete properties.start.format;
  },
});
