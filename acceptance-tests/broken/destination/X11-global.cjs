#!/usr/bin/env node
// Knows only the states of streams.
require('./sound-destination.cjs').main({
  incoming: (message) => (message.state?.type === 'GLOBAL' ? undefined : message),
});
