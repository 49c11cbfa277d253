#!/usr/bin/env node
// A group that is not declared.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.note.group = 'remarks';
  },
});
