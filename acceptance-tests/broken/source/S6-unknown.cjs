#!/usr/bin/env node
// Requires a field that is not there.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.access.oneOf[1].required.push('ghost');
  },
});
