#!/usr/bin/env node
// Says each state again, with nothing new.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    if (message.type !== 'STATE' || config.note !== 'own') return message;
    const again = {...message.state, sourceStats: {recordCount: 0}};
    return [message, {...message, state: again}];
  },
});
