#!/usr/bin/env node
// A stream is resumable, but leaves its cursor to the user.
const {main} = require('./sound-source.cjs');
const {withOneMore} = require('./changes.cjs');

main({message: withOneMore('discovery', {is_resumable: true})});
