#!/usr/bin/env node
// A schema is none of draft-07.
const {main} = require('./sound-source.cjs');
const {withFields} = require('./changes.cjs');

main({
  message: withFields('discovery', {more: {type: ['null', 'string'], minLength: -1}}),
});
