#!/usr/bin/env node
// Brings no state after a state of the far future.
require('./sound-source.cjs').main({
  message: (message) =>
    message.state?.stream?.stream_state.position > 1000 ? undefined : message,
});
