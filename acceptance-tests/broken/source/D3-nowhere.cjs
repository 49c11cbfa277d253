#!/usr/bin/env node
// The cursor of a stream is no field.
const {main} = require('./sound-source.cjs');
const {withOneMore} = require('./changes.cjs');

main({message: withOneMore('discovery', {default_cursor_field: ['nowhere']})});
