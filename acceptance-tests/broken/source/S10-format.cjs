#!/usr/bin/env node
// A format whose pattern takes something else.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.start.pattern = '^[a-z]+$';
  },
});
