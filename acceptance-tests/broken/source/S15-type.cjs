#!/usr/bin/env node
// Another type.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.count.type = 'number';
  },
});
