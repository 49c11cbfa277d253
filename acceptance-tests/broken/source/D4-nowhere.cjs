#!/usr/bin/env node
// The primary key of a stream is no field.
const {main} = require('./sound-source.cjs');
const {withOneMore} = require('./changes.cjs');

main({message: withOneMore('discovery', {source_defined_primary_key: [['nowhere']]})});
