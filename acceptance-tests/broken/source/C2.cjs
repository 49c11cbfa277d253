#!/usr/bin/env node
// A refused sign-in ends the process as if the connector itself had failed.
require('./sound-source.cjs').main({
  exit: (code, command, {config}) =>
    command === 'check' && config.trouble === 'refused' ? 1 : code,
});
