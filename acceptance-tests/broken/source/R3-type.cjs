#!/usr/bin/env node
// A number is written as a text.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const {stream, data} = message.record ?? {};
    if (config?.note !== 'basic_read' || !(stream === 'ticks' && data.id === 5))
      return message;
    return {...message, record: {...message.record, data: {...data, value: '0.625'}}};
  },
});
