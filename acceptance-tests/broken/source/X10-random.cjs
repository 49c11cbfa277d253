#!/usr/bin/env node
// Values are never the same.
require('./sound-source.cjs').main({
  message: (message, {config}) => {
    const {record} = message;
    if (record?.stream !== 'ticks' || config.note !== 'own') return message;
    return {
      ...message,
      record: {...record, data: {...record.data, value: Math.random()}},
    };
  },
});
