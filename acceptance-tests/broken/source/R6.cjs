#!/usr/bin/env node
// A field of a schema never has a value.
const {main} = require('./sound-source.cjs');
const {withFields} = require('./changes.cjs');

main({message: withFields('basic_read', {more: {type: ['null', 'string']}})});
