#!/usr/bin/env node
// Counts the first record of a second slice into the first.
const before = new Map();
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    if (message.type !== 'STATE' || config.note !== 'own') return message;
    const {stream, sourceStats} = message.state;
    const {name} = stream.stream_descriptor;
    const known = before.get(name) ?? 0;
    before.set(name, known + 1);
    const recordCount = sourceStats.recordCount + ([1, -1][known] ?? 0);
    return {...message, state: {...message.state, sourceStats: {recordCount}}};
  },
});
