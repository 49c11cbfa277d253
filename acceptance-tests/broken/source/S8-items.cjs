#!/usr/bin/env node
// A list of lists.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.names.items = {type: 'array', items: {type: 'string'}};
  },
});
