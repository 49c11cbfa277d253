#!/usr/bin/env node
// A stream is there twice.
const {main} = require('./sound-source.cjs');
const {withStreams} = require('./changes.cjs');

main({message: withStreams('discovery', (streams) => [...streams, streams[0]])});
