#!/usr/bin/env node
// An expected record is not there.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const {stream, data} = message.record ?? {};
    if (config?.note !== 'basic_read' || !(stream === 'assets' && data.id === 39))
      return message;
    return {...message, record: {...message.record, data: {...data, id: 390}}};
  },
});
