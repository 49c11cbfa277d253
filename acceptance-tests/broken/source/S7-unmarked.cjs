#!/usr/bin/env node
// A password in clear.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    delete properties.access.oneOf[0].properties.password.airbyte_secret;
  },
});
