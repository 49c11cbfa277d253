#!/usr/bin/env node
// Two constants in every variant.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    for (const variant of properties.access.oneOf) variant.properties.form = {const: 1};
  },
});
