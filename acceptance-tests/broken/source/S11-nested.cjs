#!/usr/bin/env node
// A group below the first level.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.access.oneOf[0].properties.user.group = 'connection';
  },
});
