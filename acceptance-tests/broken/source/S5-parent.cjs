#!/usr/bin/env node
// A choice that is not said to be an object.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    delete properties.access.type;
  },
});
