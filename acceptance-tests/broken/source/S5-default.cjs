#!/usr/bin/env node
// A default beside the constant.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.access.oneOf[0].properties.kind.default = 'password';
  },
});
