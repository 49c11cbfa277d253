#!/usr/bin/env node
// Takes the end of its world for the records of a stream that nobody configured.
const {main} = require('./sound-destination.cjs');
main({
  incoming: (message) => {
    if (message.record?.stream === 'strangers') process.exit(1);
    return message;
  },
});
