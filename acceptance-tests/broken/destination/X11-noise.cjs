#!/usr/bin/env node
// Ends at a message it does not know.
require('./sound-destination.cjs').main({
  incoming: (message) => {
    if (message.type.startsWith('SOMETHING')) process.exit(1);
    return message;
  },
});
