#!/usr/bin/env node
// A variant that is no object.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.access.oneOf.push({type: 'string', title: 'A name'});
  },
});
