#!/usr/bin/env node
// A record has a column that the schema does not have.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const {stream, data} = message.record ?? {};
    if (config?.note !== 'basic_read' || !(stream === 'ticks' && data.id === 5))
      return message;
    return {...message, record: {...message.record, data: {...data, more: 1}}};
  },
});
