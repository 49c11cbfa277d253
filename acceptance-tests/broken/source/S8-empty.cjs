#!/usr/bin/env node
// An object without fields.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.more = {type: 'object', title: 'More'};
  },
});
