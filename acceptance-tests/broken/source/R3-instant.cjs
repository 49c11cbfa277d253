#!/usr/bin/env node
// An instant is of a day that does not exist.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const {stream, data} = message.record ?? {};
    if (config?.note !== 'basic_read' || !(stream === 'ticks' && data.id === 5))
      return message;
    return {
      ...message,
      record: {...message.record, data: {...data, at: '2026-02-30T00:00:00Z'}},
    };
  },
});
