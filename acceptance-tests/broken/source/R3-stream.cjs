#!/usr/bin/env node
// A record is of a stream that nobody asked for.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const {stream, data} = message.record ?? {};
    if (config?.note !== 'basic_read' || !(stream === 'ticks' && data.id === 5))
      return message;
    return [message, {...message, record: {...message.record, stream: 'other'}}];
  },
});
