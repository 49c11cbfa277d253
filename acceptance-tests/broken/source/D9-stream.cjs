#!/usr/bin/env node
// A stream of the release before is gone.
const {main} = require('./sound-source.cjs');
const {withStreams} = require('./changes.cjs');

main({message: withStreams('discovery', (streams) => streams.slice(0, 3))});
