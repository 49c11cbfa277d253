#!/usr/bin/env node
// A way to show a choice where there is none.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.note.display_type = 'radio';
  },
});
