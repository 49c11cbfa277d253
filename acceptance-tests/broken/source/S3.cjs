#!/usr/bin/env node
// Calls a field otherwise than the committed specification.
const {readFileSync} = require('node:fs');
const path = require('node:path');

const committed = readFileSync(path.join(__dirname, 'S3/spec.json'), 'utf8');
require('./sound-source.cjs').main({
  message: (message) =>
    message.type === 'SPEC'
      ? {type: 'SPEC', spec: JSON.parse(committed.replace('Address', 'Place'))}
      : message,
});
