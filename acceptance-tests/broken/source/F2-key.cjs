#!/usr/bin/env node
// A record has another key in every read.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const {stream, data} = message.record ?? {};
    if (config?.note !== 'full_refresh' || !(stream === 'assets' && data.id === 5))
      return message;
    return {
      ...message,
      record: {...message.record, data: {...data, id: 100 + process.pid}},
    };
  },
});
