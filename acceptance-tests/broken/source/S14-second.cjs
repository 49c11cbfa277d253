#!/usr/bin/env node
// OAuth is the second choice.
const {advancedAuth} = require('./sign-in.cjs');
require('./sound-source.cjs').main({
  specification: (_schema, spec) => {
    spec.advanced_auth = advancedAuth('nobody', ['access', 'user']);
  },
});
