#!/usr/bin/env node
// A record has no key.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const {stream, data} = message.record ?? {};
    if (config?.note !== 'basic_read' || !(stream === 'assets' && data.id === 5))
      return message;
    return {...message, record: {...message.record, data: {...data, id: null}}};
  },
});
