#!/usr/bin/env node
// A field of the release before has another type.
const {main} = require('./sound-source.cjs');
const {withFields} = require('./changes.cjs');

main({message: withFields('discovery', {name: {type: ['null', 'integer']}})});
