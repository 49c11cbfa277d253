#!/usr/bin/env node
// A record has no field at all.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const {stream, data} = message.record ?? {};
    if (
      config?.note !== 'basic_read' ||
      !(stream === 'notes' && data.text === 'note 5')
    )
      return message;
    return {...message, record: {...message.record, data: {}}};
  },
});
