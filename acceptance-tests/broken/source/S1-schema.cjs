#!/usr/bin/env node
// A title that is no text.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.note.title = 5;
  },
});
