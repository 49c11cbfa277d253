#!/usr/bin/env node
// A value of an expected record is another.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const {stream, data} = message.record ?? {};
    if (config?.note !== 'basic_read' || !(stream === 'ticks' && data.id === 1))
      return message;
    return {...message, record: {...message.record, data: {...data, value: 0.25}}};
  },
});
