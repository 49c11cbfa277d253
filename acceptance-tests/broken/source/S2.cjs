#!/usr/bin/env node
// Asks for another address than the configs have.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.url.pattern = '^ftp://';
  },
});
