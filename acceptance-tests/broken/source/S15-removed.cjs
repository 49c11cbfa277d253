#!/usr/bin/env node
// A field less.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    delete properties.names;
  },
});
