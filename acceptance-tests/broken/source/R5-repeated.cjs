#!/usr/bin/env node
// Two records have the same key.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const {stream, data} = message.record ?? {};
    if (config?.note !== 'basic_read' || !(stream === 'assets' && data.id === 5))
      return message;
    return {...message, record: {...message.record, data: {...data, id: 4}}};
  },
});
