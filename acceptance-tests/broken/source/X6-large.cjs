#!/usr/bin/env node
// Keeps the name of every point in its state.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    if (message.type !== 'STATE' || config.note !== 'own') return message;
    const {stream} = message.state;
    const points = new Array(2000).fill('SINUSOID');
    const stream_state = {...stream.stream_state, points};
    return {...message, state: {...message.state, stream: {...stream, stream_state}}};
  },
});
