#!/usr/bin/env node
// Echoes the first state of a stream after the second.
const held = [];
require('./sound-destination.cjs').main({
  message: (message) => {
    const {name} = message.state?.stream?.stream_descriptor ?? {};
    if (name !== 'left') return message;
    const isFirst = message.state.stream.stream_state.n === 1;
    return isFirst ? held.push(message) && [] : [message, ...held.splice(0)];
  },
});
