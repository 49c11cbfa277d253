#!/usr/bin/env node
// The expected records come in another order.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const {stream, data} = message.record ?? {};
    if (config?.note !== 'basic_read' || !(stream === 'ticks' && data.id < 2))
      return message;
    return {...message, record: {...message.record, data: {...data, id: 1 - data.id}}};
  },
});
