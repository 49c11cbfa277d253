#!/usr/bin/env node
// Records come one by one, and a state after many of them only.
const clock = new Int32Array(new SharedArrayBuffer(4));
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const isSlow = message.record?.stream === 'ticks' && message.record.data.id < 9;
    if (isSlow && config.trouble === 'rate limited') Atomics.wait(clock, 0, 0, 300);
    return message;
  },
});
