#!/usr/bin/env node
// A field has no type.
const {main} = require('./sound-source.cjs');
const {withFields} = require('./changes.cjs');

main({message: withFields('discovery', {more: {description: 'Anything.'}})});
