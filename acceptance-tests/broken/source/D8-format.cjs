#!/usr/bin/env node
// A format stands on an integer.
const {main} = require('./sound-source.cjs');
const {withFields} = require('./changes.cjs');

main({
  message: withFields('discovery', {
    more: {type: ['null', 'integer'], format: 'date-time'},
  }),
});
