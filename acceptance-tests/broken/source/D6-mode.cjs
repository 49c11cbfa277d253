#!/usr/bin/env node
// A stream cannot be read in any way.
const {main} = require('./sound-source.cjs');
const {withOneMore} = require('./changes.cjs');

main({message: withOneMore('discovery', {supported_sync_modes: []})});
