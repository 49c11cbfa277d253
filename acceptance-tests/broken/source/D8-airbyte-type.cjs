#!/usr/bin/env node
// An Airbyte type is one that nobody knows.
const {main} = require('./sound-source.cjs');
const {withFields} = require('./changes.cjs');

main({
  message: withFields('discovery', {
    more: {type: ['null', 'string'], airbyte_type: 'instant'},
  }),
});
