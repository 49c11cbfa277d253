#!/usr/bin/env node
// A record of a stream without key differs from read to read.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const {stream, data} = message.record ?? {};
    if (
      config?.note !== 'full_refresh' ||
      !(stream === 'notes' && data.text === 'note 5')
    )
      return message;
    return {
      ...message,
      record: {...message.record, data: {...data, text: `note ${process.pid}`}},
    };
  },
});
