#!/usr/bin/env node
// Two fields at one place.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.names.order = properties.count.order;
  },
});
