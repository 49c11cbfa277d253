#!/usr/bin/env node
// Offers a value twice.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.note.enum = ['one', 'one'];
  },
});
