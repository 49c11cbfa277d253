#!/usr/bin/env node
// Puts its token where the config has no field.
const {advancedAuth} = require('./sign-in.cjs');
require('./sound-source.cjs').main({
  specification: (_schema, spec) => {
    spec.advanced_auth = advancedAuth('password', ['access', 'ghost']);
  },
});
