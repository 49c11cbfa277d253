#!/usr/bin/env node
// The catalog has no streams.
const {main} = require('./sound-source.cjs');
const {withStreams} = require('./changes.cjs');

main({message: withStreams('discovery', () => [])});
