#!/usr/bin/env node
// Takes two remarks only.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.note.enum = ['one', 'two'];
  },
});
