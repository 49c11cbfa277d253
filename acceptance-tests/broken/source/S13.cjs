#!/usr/bin/env node
// Takes no other fields.
require('./sound-source.cjs').main({
  specification: (schema) => {
    schema.additionalProperties = false;
  },
});
