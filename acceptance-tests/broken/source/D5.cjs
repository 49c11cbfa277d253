#!/usr/bin/env node
// A field is made of two schemas.
const {main} = require('./sound-source.cjs');
const {withFields} = require('./changes.cjs');

main({
  message: withFields('discovery', {
    more: {type: ['null', 'string'], allOf: [{minLength: 1}]},
  }),
});
