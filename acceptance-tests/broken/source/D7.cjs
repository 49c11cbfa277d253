#!/usr/bin/env node
// A field forbids further columns in it.
const {main} = require('./sound-source.cjs');
const {withFields} = require('./changes.cjs');

main({
  message: withFields('discovery', {
    more: {type: ['null', 'object'], properties: {}, additionalProperties: false},
  }),
});
