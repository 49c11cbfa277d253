#!/usr/bin/env node
// A list that is marked as a secret.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    properties.names.airbyte_secret = true;
  },
});
