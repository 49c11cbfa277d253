#!/usr/bin/env node
// A resumed stream ends twice.
require('./sound-source.cjs').main({
  message: (message, {config, state}) => {
    const isEnd = message.trace?.stream_status?.status === 'COMPLETE';
    return isEnd && config.note === 'own' && state ? [message, message] : message;
  },
});
