#!/usr/bin/env node
// A way to show a choice that does not exist.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.access.display_type = 'tabs';
  },
});
