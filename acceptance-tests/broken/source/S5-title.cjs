#!/usr/bin/env node
// A variant without a title.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    delete properties.access.oneOf[1].title;
  },
});
