#!/usr/bin/env node
// Takes fewer addresses than before.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.url.pattern = '^https://';
  },
});
