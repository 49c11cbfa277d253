#!/usr/bin/env node
// A reference within the schema.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.again = {$ref: '#/properties/url'};
  },
});
